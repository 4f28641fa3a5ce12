import { afterEach, describe, expect, it } from 'vitest';
import {
  authSettings,
  CANARY_KEY,
  freshToken,
  printed,
  type Reply,
  stopTokenServices,
  tokenService,
  walletFor,
} from '../../fixtures/token-service.ts';
import { Secret } from '../kernel/secret.ts';
import { BUDGETS } from './budgets.ts';
import { persona } from './personas.ts';
import type { AuthPlan } from './settings.ts';

const alice = persona('alice', 'r1');
const bob = persona('bob', 'r1');

afterEach(stopTokenServices);

describe('the development login', () => {
  const login = (chosen: boolean): AuthPlan => ({ mode: 'dev-login', chosen });

  it('brings a token, without the simulation key', async () => {
    const { url, asked } = await tokenService(() => freshToken('dev-user-001'));
    const result = await walletFor(authSettings(login(false), url)).obtain(alice);
    expect(result).toMatchObject({ ok: true, credential: { subject: 'dev-user-001', source: 'dev-login' } });
    expect(asked[0]).toMatchObject({ url: '/auth/dev/login', body: { simulate_oauth: true } });
    expect(JSON.stringify(asked)).not.toContain(CANARY_KEY);
  });

  it('is asked of the backend where the auth service has none', async () => {
    const { url, asked } = await tokenService((question) =>
      question.url === '/auth/dev_login' ? freshToken('u') : { status: 404, body: '' },
    );
    expect(await walletFor(authSettings(login(true), url)).obtain(alice)).toMatchObject({
      ok: true,
      credential: { subject: 'u' },
    });
    expect(asked.map((question) => question.url)).toEqual(['/auth/dev/login', '/auth/dev_login']);
  });

  it.each<[string, Reply]>([
    ['404', { status: 404, body: '' }],
    ['405', { status: 405, body: '' }],
    ['426', { status: 426, body: '' }],
    ['403', { status: 403, body: '{"detail":"canary"}' }],
    ['501', { status: 501, body: '' }],
    ['a page', { status: 200, body: '<html>canary</html>' }],
  ])('is not offered when nobody chose it and the answer is %s', async (_, reply) => {
    const { url } = await tokenService(() => reply);
    const result = await walletFor(authSettings(login(false), url)).obtain(alice);
    const status = typeof reply === 'string' ? null : reply.status;
    expect(result).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { devLogin: 'not offered', status, code: null },
      detail: expect.stringMatching(/^no development login \(.*\): going on without a token$/),
    });
    const chosen = await walletFor(authSettings(login(true), url)).obtain(alice);
    expect(chosen.ok).toBe(false);
  });

  it.each<[string, Reply, number | null, string | null]>([
    ['500', { status: 500, body: '' }, 500, null],
    ['502', { status: 502, body: '' }, 502, null],
    ['503', { status: 503, body: '' }, 503, null],
    ['429', { status: 429, body: '' }, 429, null],
    ['a hang-up', 'hang-up', null, 'HANG_UP'],
  ])('has failed when nobody chose it and the answer is %s: the run goes on', async (_, reply, status, code) => {
    const { url } = await tokenService(() => reply);
    const result = await walletFor(authSettings(login(false), url)).obtain(alice);
    expect(result).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { devLogin: 'failed', status, code, absent: false },
      detail: expect.stringMatching(/^the development login failed \(.*\): going on without a token$/),
    });
    const chosen = await walletFor(authSettings(login(true), url)).obtain(alice);
    expect(chosen.ok).toBe(false);
  });

  it('has failed where the auth service is gone, and where the backend fails after the auth service has none', async () => {
    const gone = new URL('http://127.0.0.1:1');
    const refused = await walletFor(authSettings(login(false), gone)).obtain(alice);
    expect(refused).toMatchObject({ ok: true, facts: { devLogin: 'failed', status: null, code: 'ECONNREFUSED' } });
    const { url } = await tokenService((question) =>
      question.url === '/auth/dev_login' ? { status: 503, body: '' } : { status: 404, body: '' },
    );
    const second = await walletFor(authSettings(login(false), url)).obtain(alice);
    expect(second).toMatchObject({ ok: true, facts: { devLogin: 'failed', status: 503, absent: false } });
  });

  it('is not offered where the backend denies it after the auth service has none', async () => {
    const { url, asked } = await tokenService((question) =>
      question.url === '/auth/dev_login' ? { status: 403, body: '' } : { status: 404, body: '' },
    );
    const purse = walletFor(authSettings(login(false), url));
    expect(await purse.obtain(alice)).toMatchObject({ facts: { devLogin: 'not offered', status: 404 } });
    await purse.obtain(bob);
    expect(asked).toHaveLength(2);
  });

  it('is waited for a second at most when nobody chose it', async () => {
    const { url } = await tokenService(() => 'silence');
    const budgets = { ...BUDGETS.local, credentials: { targetMs: 1, maxMs: 1 } };
    const result = await walletFor(authSettings(login(false), url, { budgets })).obtain(alice);
    expect(result).toMatchObject({
      ok: true,
      credential: null,
      detail: expect.stringContaining('within 1000 ms'),
      facts: { devLogin: 'failed', code: 'DEADLINE' },
    });
  });

  it('is not asked for again once it is known to be absent, but is after any other answer', async () => {
    const absent = await tokenService(() => ({ status: 404, body: '' }));
    const purse = walletFor(authSettings(login(false), absent.url));
    await purse.obtain(alice);
    await purse.obtain(bob);
    expect(absent.asked).toHaveLength(2);
    const starting = await tokenService((_, nth) => (nth === 1 ? { status: 503, body: '' } : freshToken('u')));
    const later = walletFor(authSettings(login(false), starting.url));
    expect(await later.obtain(alice)).toMatchObject({ credential: null });
    expect(await later.obtain(alice)).toMatchObject({ credential: { subject: 'u' } });
  });
});

describe('a login', () => {
  it('brings one user for everybody, and never tells the password', async () => {
    const password = new Secret('canary-password');
    const { url, asked } = await tokenService((_, nth) =>
      nth === 1 ? { status: 401, body: '{"detail":"canary-password is wrong"}' } : freshToken('me'),
    );
    const purse = walletFor(authSettings({ mode: 'login', email: 'me@example.com', password }, url));
    const refused = await purse.obtain(alice);
    expect(refused.detail).toContain('answered 401: [secret] is wrong');
    expect(printed(refused)).not.toContain('canary');
    const results = [await purse.obtain(alice), await purse.obtain(bob)];
    expect(results.map((result) => result.ok && result.credential?.subject)).toEqual(['me', 'me']);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      url: '/auth/login',
      body: { email: 'me@example.com', password: 'canary-password' },
    });
    expect(purse.distinctUsers).toBe(false);
  });
});
