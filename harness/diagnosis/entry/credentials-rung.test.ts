import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import type { AuthMode } from '../../timeline/observation.ts';

const rung = (authMode: AuthMode, status: number, bodyHead = '', headers = {}) =>
  timeline('ladder', 'ladder')
    .with({ authMode, target: { wsUrl: 'ws://t/ws', httpUrl: 'http://t', authUrl: 'https://auth.t/?k=1' } })
    .rung('credentials', { ok: false, answer: { status, headers, bodyHead } });
const trouble = (authMode: AuthMode, code: string | null, phase: 'credentials' | 'tcp' = 'credentials') =>
  timeline('ladder', 'ladder')
    .with({ authMode })
    .rung('credentials', {
      ok: false,
      trouble: code === null ? null : { phase, code, message: '' },
      detail: 'no sub in it',
    });

describe('a token that could not be had', () => {
  it.each([
    ['simulate', 401, '{"detail":"Invalid E2E bypass key"}', 'simulation-key-refused', 'harness'],
    ['simulate', 400, '', 'simulation-rejected', 'harness'],
    ['simulate', 404, 'Not Found', 'simulation-rejected', 'harness'],
    ['simulate', 422, '{"detail":"Invalid JSON body"}', 'simulation-rejected', 'harness'],
    ['simulate', 200, '{"ok":true}', 'simulation-rejected', 'harness'],
    ['simulate', 403, '{"detail":"not available in production"}', 'simulation-forbidden', 'harness'],
    ['simulate', 503, '{"detail":"E2E authentication not configured"}', 'simulation-not-configured', 'infrastructure'],
    ['simulate', 503, 'no healthy upstream', 'auth-service-unavailable', 'infrastructure'],
    ['simulate', 500, '{"detail":"token generation broke"}', 'auth-service-unavailable', 'infrastructure'],
    ['simulate', 429, '', 'auth-service-unavailable', 'infrastructure'],
    ['login', 401, '', 'credentials-refused', 'harness'],
    ['login', 403, '', 'credentials-refused', 'harness'],
    ['login', 404, '', 'simulation-rejected', 'harness'],
    ['dev-login', 403, '{}', 'simulation-forbidden', 'harness'],
    ['dev-login', 401, '', 'credentials-refused', 'harness'],
    ['dev-login', 404, '', 'simulation-rejected', 'harness'],
  ] as const)('by %s, answered %i %j, is %s', (mode, status, body, cause, domain) => {
    expect(diagnosed(rung(mode, status, body))).toMatchObject({ cause, domain, phase: 'credentials' });
  });

  it.each([
    ['simulate', 'ECONNREFUSED', 'auth-service-unavailable'],
    ['simulate', 'ENOTFOUND', 'auth-service-unavailable'],
    ['simulate', 'DEADLINE', 'auth-service-unavailable'],
    ['login', 'CERT_HAS_EXPIRED', 'auth-service-unavailable'],
    ['simulate', 'EMFILE', 'client-exhausted'],
    ['simulate', 'ENETUNREACH', 'client-offline'],
    ['simulate', 'PROXY_REFUSED', 'proxy-refused'],
    ['simulate', 'secret-missing', 'secret-missing'],
    ['simulate', null, 'simulation-rejected'],
    ['mint', null, 'config-invalid'],
    ['token', 'UNKNOWN', 'config-invalid'],
  ] as const)('by %s, with %s, is %s', (mode, code, cause) => {
    expect(diagnosed(trouble(mode, code))?.cause).toBe(cause);
  });

  it('says where, without the query, and names the secret and how to look it up', () => {
    const found = diagnosed(rung('simulate', 401));
    expect(found?.summary).toBe('the simulation exchange at https://auth.t/ was answered 401');
    expect(found?.hint).toContain('E2E_OAUTH_SIMULATION_KEY');
    expect(found?.hint).toContain('gcloud secrets versions access latest --secret=e2e-oauth-simulation-key-staging');
    expect(diagnosed(rung('dev-login', 404))?.summary).toContain('the developer sign-in');
    expect(diagnosed(rung('login', 200))?.summary).toContain(
      'the sign-in at https://auth.t/ was answered 200, with a token that cannot be read',
    );
    expect(diagnosed(trouble('simulate', null))?.summary).toContain('no sub in it');
  });

  it('is not certain to be production where something in front of the auth service refuses', () => {
    const page = diagnosed(rung('simulate', 403, '<html>', { 'content-type': 'text/html' }));
    expect(page).toMatchObject({ cause: 'simulation-forbidden', confidence: 'likely', answeredBy: 'edge' });
  });

  it('is forgotten only where the same session gets one later', () => {
    const later = (session: string) =>
      trouble('simulate', 'ECONNREFUSED')
        .on(session, 'ladder')
        .rung('credentials')
        .on('alice')
        .opened()
        .welcomed()
        .closed(1012);
    expect(diagnosed(later('ladder'))?.cause).toBe('connection-lost');
    expect(diagnosed(later('other'))?.cause).toBe('auth-service-unavailable');
  });
});
