import { afterEach, describe, expect, it } from 'vitest';
import {
  authSettings,
  CANARY_KEY,
  freshToken,
  NOBODY,
  printed,
  SIMULATE,
  stopTokenServices,
  TRACE,
  tokenService,
  unsignedToken,
  walletFor,
} from '../../fixtures/token-service.ts';
import { BUDGETS } from './budgets.ts';
import { persona } from './personas.ts';

const alice = persona('alice', 'r1');

afterEach(stopTokenServices);

describe('the OAuth simulation', () => {
  it('exchanges the key for a token, and reads the user from it', async () => {
    const { url, asked } = await tokenService(() => freshToken('e2e-alice'));
    const hidden: string[] = [];
    const result = await walletFor(authSettings(SIMULATE, url), (secret) => hidden.push(secret.reveal())).obtain(alice);
    expect(result).toMatchObject({
      ok: true,
      credential: { subject: 'e2e-alice', source: 'simulate', fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) },
      detail: expect.stringMatching(/^a token for e2e-alice, valid for (899|900) s$/),
      answer: { status: 200, bodyHead: '' },
      facts: { mode: 'simulate', status: 200 },
    });
    expect(Math.abs(Number(result.facts.clockOffsetMs))).toBeLessThan(5000);
    expect(asked[0]).toMatchObject({
      url: '/auth/e2e/test-auth',
      headers: {
        'x-e2e-bypass-key': CANARY_KEY,
        'content-type': 'application/json',
        traceparent: expect.stringContaining(TRACE),
      },
      body: { email: alice.email, name: alice.fullName, permissions: ['read', 'write'], simulate_oauth: true },
    });
    expect(asked[0]?.headers['user-agent']).toMatch(/^agent-event-harness\/\d/);
    expect(asked[0]?.headers['user-agent']).not.toMatch(/factory|isolated|test|e2e/i);
    expect(hidden).toEqual([result.ok ? result.credential?.token.reveal() : '']);
    expect(printed(result)).not.toContain('canary');
  });

  it('keeps to a base path of the auth service', async () => {
    const { url, asked } = await tokenService(() => freshToken('u'));
    await walletFor(authSettings(SIMULATE, new URL('/base/', url))).obtain(alice);
    expect(asked[0]?.url).toBe('/base/auth/e2e/test-auth');
  });

  it.each([
    [401, '{"detail":"Invalid E2E bypass key"}', 'answered 401: Invalid E2E bypass key'],
    [403, '{"detail":"E2E test authentication is not available in production"}', 'answered 403: E2E test'],
    [503, '{"detail":"E2E authentication not configured"}', 'answered 503: E2E authentication not configured'],
    [422, '{"detail":[{"loc":["body"]}]}', 'answered 422'],
    [500, `<html>echo ${CANARY_KEY}</html>`, 'answered 500'],
    [307, '', 'answered 307'],
  ])('is no token when the answer is %i', async (status, body, said) => {
    const { url } = await tokenService(() => ({ status, body }));
    const result = await walletFor(authSettings(SIMULATE, url)).obtain(alice);
    expect(result).toMatchObject({ ok: false, trouble: null, answer: { status }, facts: { mode: 'simulate', status } });
    expect(result.detail).toContain(said);
    expect(printed(result)).not.toContain('canary');
  });

  it.each([
    ['no JSON', 'hello canary', 'no access_token'],
    ['no token', '{"token":"canary"}', 'no access_token'],
    ['an opaque token', '{"access_token":"canary"}', 'no readable JWT'],
    ['a token of nobody', JSON.stringify({ access_token: unsignedToken({ exp: 1 }) }), 'a token that names no subject'],
  ])('is no token when 200 brings %s', async (_, body, said) => {
    const { url } = await tokenService(() => ({ status: 200, body }));
    const result = await walletFor(authSettings(SIMULATE, url)).obtain(alice);
    expect(result).toMatchObject({ ok: false, trouble: null, facts: { tokenUnreadable: true, status: 200 } });
    expect(result.detail).toContain(`answered 200 with ${said}`);
    expect(printed(result)).not.toContain('canary');
  });

  it('says what became of the connection when nobody answers', async () => {
    const gone = await tokenService(() => 'hang-up');
    expect(await walletFor(authSettings(SIMULATE, gone.url)).obtain(alice)).toMatchObject({
      ok: false,
      answer: null,
      trouble: { phase: 'credentials', code: 'HANG_UP' },
    });
    const nobody = NOBODY;
    expect(await walletFor(authSettings(SIMULATE, nobody)).obtain(alice)).toMatchObject({
      ok: false,
      trouble: { phase: 'tcp', code: 'ECONNREFUSED' },
    });
    const mute = await tokenService(() => 'silence');
    const budgets = { ...BUDGETS.local, credentials: { targetMs: 100, maxMs: 150 } };
    const late = await walletFor(authSettings(SIMULATE, mute.url, { budgets, graceMs: 50 })).obtain(alice);
    expect(late).toMatchObject({
      ok: false,
      trouble: { code: 'DEADLINE', message: expect.stringContaining('within 200 ms') },
    });
  });

  it("goes through the proxy of the auth service's URL", async () => {
    const asked: string[] = [];
    const proxyFor = (url: URL): URL => {
      asked.push(url.pathname);
      return NOBODY;
    };
    const result = await walletFor(authSettings(SIMULATE, new URL('http://auth.example/'), { proxyFor })).obtain(alice);
    expect(asked).toEqual(['/auth/e2e/test-auth']);
    expect(result).toMatchObject({ ok: false, trouble: { phase: 'proxy', code: 'ECONNREFUSED' } });
  });
});
