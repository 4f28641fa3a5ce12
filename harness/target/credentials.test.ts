import { afterEach, describe, expect, it } from 'vitest';
import {
  authSettings,
  freshToken,
  NOBODY,
  SIMULATE,
  stopTokenServices,
  TRACE,
  tokenService,
  walletFor,
} from '../../fixtures/token-service.ts';
import { systemClock } from '../session/system-clock.ts';
import { Wallet } from './credentials.ts';
import { persona } from './personas.ts';

const alice = persona('alice', 'r1');
const bob = persona('bob', 'r1');

afterEach(stopTokenServices);

describe('a wallet', () => {
  it('asks once for askers at the same time, and once per persona', async () => {
    const { url, asked } = await tokenService(({ body }) => freshToken(String(body.email)));
    const purse = walletFor(authSettings(SIMULATE, url));
    const [one, two, other] = await Promise.all([purse.obtain(alice), purse.obtain(alice), purse.obtain(bob)]);
    expect(one).toBe(two);
    expect(asked).toHaveLength(2);
    expect([one, other].map((result) => result.ok && result.credential?.subject)).toEqual([alice.email, bob.email]);
    expect(purse.distinctUsers).toBe(true);
    expect(await purse.obtain(alice)).toMatchObject({ ok: true, tookMs: 0, facts: { cached: true } });
    expect(asked).toHaveLength(2);
  });

  it.each([
    [900, 839, 841],
    [20, 17, 19],
  ])('renews a token of %i s shortly before it expires', async (lifetimeS, keptS, renewedS) => {
    const { url, asked } = await tokenService((_, nth) => freshToken(`u-${nth}`, lifetimeS));
    let skippedMs = 0;
    const clock = { ...systemClock, wallMs: () => Date.now() + skippedMs };
    const purse = new Wallet({ settings: authSettings(SIMULATE, url), clock, traceId: TRACE });
    await purse.obtain(alice);
    skippedMs = keptS * 1000;
    await purse.obtain(alice);
    expect(asked).toHaveLength(1);
    skippedMs = renewedS * 1000;
    await purse.obtain(alice);
    expect(asked).toHaveLength(2);
  });

  it('asks again after a failure', async () => {
    const { url } = await tokenService((_, nth) => (nth === 1 ? { status: 503, body: '' } : freshToken('u')));
    const purse = walletFor(authSettings(SIMULATE, url));
    expect((await purse.obtain(alice)).ok).toBe(false);
    expect((await purse.obtain(alice)).ok).toBe(true);
  });

  it('ends at once when the run is interrupted', async () => {
    const { url } = await tokenService(() => 'silence');
    const stop = new AbortController();
    const pending = new Wallet({
      settings: authSettings(SIMULATE, url),
      clock: systemClock,
      traceId: TRACE,
      signal: stop.signal,
    }).obtain(alice);
    stop.abort();
    expect(await pending).toMatchObject({ ok: false, trouble: { code: 'ABORT_ERR' } });
  });

  it('has nothing in mode none', async () => {
    const purse = walletFor(authSettings({ mode: 'none' }, NOBODY));
    expect(await purse.obtain(alice)).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { mode: 'none' },
    });
    expect(purse.distinctUsers).toBe(false);
  });
});
