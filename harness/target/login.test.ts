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
    ['502', { status: 502, body: '' }],
    ['a page', { status: 200, body: '<html>canary</html>' }],
    ['a hang-up', 'hang-up'],
  ])('is not offered when nobody chose it and the answer is %s', async (_, reply) => {
    const { url } = await tokenService(() => reply);
    const result = await walletFor(authSettings(login(false), url)).obtain(alice);
    const status = typeof reply === 'string' ? null : reply.status;
    expect(result).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { devLogin: 'not offered', status },
    });
    const chosen = await walletFor(authSettings(login(true), url)).obtain(alice);
    expect(chosen.ok).toBe(false);
  });

  it('is waited for a second at most when nobody chose it', async () => {
    const { url } = await tokenService(() => 'silence');
    const budgets = { ...BUDGETS.local, credentials: { targetMs: 1, maxMs: 1 } };
    const result = await walletFor(authSettings(login(false), url, { budgets })).obtain(alice);
    expect(result).toMatchObject({ ok: true, credential: null, detail: expect.stringContaining('within 1000 ms') });
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
