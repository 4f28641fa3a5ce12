import { afterEach, describe, expect, it } from 'vitest';
import { answer } from '../../fixtures/raw-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { sayJson, type WholeTarget, wholeTarget } from '../../fixtures/whole-target.ts';
import type { Rig } from '../session/rig.ts';
import { Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';
import { waitForReady } from './wait-for-ready.ts';

const open: WholeTarget[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function waited(target: WholeTarget, limitMs: number, rigChange: Partial<Rig> = {}) {
  open.push(target);
  const settings = settingsFor(target.url);
  const rig = rigFor(settings, rigChange);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  const readiness = await waitForReady(rig, { wallet, persona: persona('alice', rig.runId), limitMs });
  return { rig, ...readiness, notes: seen(rig, 'noted').map((one) => one.text) };
}

/** Refuses the first upgrades, as while a worker boots. */
function refusing(times: number) {
  let upgrades = 0;
  return (_request: unknown, socket: { end: (text: string) => unknown }): boolean => {
    upgrades += 1;
    if (upgrades > times) return false;
    socket.end(answer('503 Service Unavailable'));
    return true;
  };
}

describe('waiting for a cold target', () => {
  it('is over at once where it is warm', async () => {
    const { ready, lied, notes } = await waited(await wholeTarget(), 5000);
    expect([ready, lied]).toEqual([true, false]);
    expect(notes).toEqual([expect.stringMatching(/^ready after \d+ ms and 1 try$/)]);
  });

  it('goes on until the welcome, and notes readiness that lied', async () => {
    const { ready, lied, notes, rig } = await waited(await wholeTarget({ onUpgrade: refusing(2) }), 5000);
    expect([ready, lied]).toEqual([true, true]);
    expect(notes[0]).toMatch(/^readiness lied: /);
    expect(notes[1]).toMatch(/^ready after \d+ ms and 3 tries$/);
    const joined = seen(rig, 'joined').filter((one) => one.session.startsWith('readiness-'));
    expect(joined.map((one) => `${one.session} ${one.role}`).filter((one, at, all) => all.indexOf(one) === at)).toEqual(
      ['readiness-1 probe', 'readiness-2 probe', 'readiness-3 probe'],
    );
  });

  it('believes the socket where health is red for ever, or is not there', async () => {
    const red = await wholeTarget({ onHttp: (_request, response) => sayJson(response, 503, { status: 'unhealthy' }) });
    expect(await waited(red, 5000)).toMatchObject({ ready: true, lied: false });
    const none = await wholeTarget({ onHttp: (_request, response) => sayJson(response, 404, {}) });
    expect(await waited(none, 5000)).toMatchObject({ ready: true });
  });

  it('waits for a port that opens late', async () => {
    const first = await wholeTarget();
    await first.close();
    const settings = settingsFor(first.url);
    const rig = rigFor(settings);
    const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
    const waiting = waitForReady(rig, { wallet, persona: persona('alice', rig.runId), limitMs: 10_000 });
    await noted(rig, () => seen(rig, 'probed').length === 2);
    open.push(await wholeTarget({ port: first.port }));
    expect((await waiting).ready).toBe(true);
    expect(seen(rig, 'probed')[0]?.trouble?.code).toBe('ECONNREFUSED');
  });

  it('ends when its time is up, whatever it waits for just then', async () => {
    const silent = await wholeTarget({ onOpen: () => undefined });
    const { ready, tookMs, notes } = await waited(silent, 150);
    expect(ready).toBe(false);
    expect(tookMs).toBeLessThan(1400);
    expect(notes.at(-1)).toMatch(/^not ready after \d+ ms/);
  });

  it('ends when the run is cut', async () => {
    const { ready } = await waited(await wholeTarget({ onUpgrade: refusing(1000) }), 60_000, {
      signal: AbortSignal.timeout(100),
    });
    expect(ready).toBe(false);
  });
});
