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
    ['simulate', 200, '{"ok":true}', 'auth-service-unavailable', 'infrastructure'],
    ['simulate', 503, '<html>backend pool not configured', 'auth-service-unavailable', 'infrastructure'],
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
    const found = diagnosed(rung('simulate', 401).with({ environment: 'staging' }));
    expect(found?.summary).toBe('the simulation exchange at https://auth.t/ was answered 401');
    expect(found?.hint).toContain('E2E_OAUTH_SIMULATION_KEY');
    expect(found?.hint).toContain('gcloud secrets versions access latest --secret=e2e-oauth-simulation-key-staging');
    expect(diagnosed(rung('dev-login', 404))?.summary).toContain('the developer sign-in');
    expect(diagnosed(rung('login', 200))?.summary).toContain(
      'the sign-in at https://auth.t/ was answered 200, without a token that can be read',
    );
    expect(diagnosed(trouble('simulate', null))?.summary).toContain('no sub in it');
  });

  it('speaks of the way to sign in that was taken', () => {
    const local = diagnosed(rung('simulate', 401).with({ environment: 'local' }));
    expect(local?.hint).toMatch(/^set E2E_OAUTH_SIMULATION_KEY to the key that the auth service of local/);
    for (const mode of ['login', 'dev-login'] as const)
      for (const status of [401, 404, 400, 302])
        expect(diagnosed(rung(mode, status))?.hint).not.toMatch(/simulation|secret, issuer/);
    expect(diagnosed(rung('simulate', 404))?.hint).toContain('simulation endpoint');
  });

  it('is likely no auth service that answers well and gives no token', () => {
    const found = diagnosed(rung('login', 200));
    expect(found).toMatchObject({ cause: 'auth-service-unavailable', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['simulation-rejected']);
  });

  it.each([
    ['E2E authentication not configured', true],
    ['simulation is not yet configured', true],
    ['E2E_OAUTH_SIMULATION_KEY not set', true],
    ['missing key', true],
    [`missing ${'x'.repeat(38)} secret`, true],
    [`missing ${'x'.repeat(39)} secret`, false],
    ['missing monkeys', false],
    ['secret missing', false],
    ['not settled yet', false],
    ['the pool is being configured', false],
  ])('is for want of a secret there where a 503 says so: %s', (words, isMissing) => {
    const cause = isMissing ? 'simulation-not-configured' : 'auth-service-unavailable';
    expect(diagnosed(rung('simulate', 503, `{"detail":"${words}"}`))?.cause).toBe(cause);
  });

  it('is the auth service’s trouble where its answer breaks off', () => {
    const broken = timeline('ladder', 'ladder')
      .with({ authMode: 'simulate' })
      .rung('credentials', {
        ok: false,
        answer: { status: 200, headers: {}, bodyHead: '' },
        trouble: { phase: 'credentials', code: 'ECONNRESET', message: 'read ECONNRESET' },
      });
    const found = diagnosed(broken);
    expect(found).toMatchObject({ cause: 'auth-service-unavailable', confidence: 'certain' });
    expect(found?.summary).toContain('never came to its end (read ECONNRESET)');
  });

  it('is not certain to be production where something in front of the auth service refuses', () => {
    const page = diagnosed(rung('simulate', 403, '<html>', { 'content-type': 'text/html' }));
    expect(page).toMatchObject({ cause: 'auth-service-unavailable', confidence: 'likely', answeredBy: 'edge' });
    expect(page?.rivals.map(({ cause }) => cause)).toEqual(['simulation-forbidden']);
    const key = diagnosed(rung('simulate', 401, '<html>', { 'content-type': 'text/html' }));
    expect(key?.rivals.map(({ cause }) => cause)).toEqual(['simulation-key-refused']);
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
