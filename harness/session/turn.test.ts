import { afterEach, describe, expect, it } from 'vitest';
import { FIVE, type Part, type Scripted, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { budgetsOf, noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import type { Settings } from '../target/settings.ts';
import { dial } from './dial.ts';
import type { Rig } from './rig.ts';
import type { Session } from './session.ts';

const open: Scripted[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function asking(
  onAsk: (part: Part) => void,
  change: Partial<Settings> = {},
  more: { readonly rig?: Partial<Rig>; readonly autoPong?: boolean } = {},
): Promise<{ readonly rig: Rig; readonly session: Session }> {
  const server = await scriptedServer({ onOpen: ({ say }) => say(WELCOME), onAsk, autoPong: more.autoPong ?? true });
  open.push(server);
  const rig = rigFor(settingsFor(server.url, change), more.rig);
  const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
  await session.welcomed();
  return { rig, session };
}

const ending = (rig: Rig): unknown => seen(rig, 'settled').map((one) => `${one.turn} ${one.because}`);
const gaveUp = (rig: Rig): unknown => seen(rig, 'gave-up').map((one) => one.waitingFor);
const ROOMY: Partial<Settings> = { budgets: budgetsOf(5000) };
const without = (type: string): readonly object[] => FIVE.filter((event) => !('type' in event && event.type === type));

describe('a turn', () => {
  it('notes the question, then one ping, then its frame before it is sent', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE));
    await session.ask('how much?').ended();
    const mine = rig.recorder.observations.map((one) => one.kind).filter((kind) => /asked|sent|pinged/.test(kind));
    expect(mine).toEqual(['asked', 'pinged', 'sent']);
    expect(seen(rig, 'sent')[0]?.text).toMatch(/how much\? \[ref [0-9a-f]{12}\]/);
    await session.close();
  });

  it('ends at once when nothing more is owed', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE));
    const turn = session.ask(null);
    expect(await turn.ended()).toBe(true);
    expect(ending(rig)).toEqual([`${turn.id} complete`]);
    const last = seen(rig, 'received').at(-1)?.atMs ?? 0;
    expect((seen(rig, 'settled')[0]?.atMs ?? 0) - last).toBeLessThan(100);
    expect(seen(rig, 'ponged')).toHaveLength(1);
    await session.close();
  });

  it('is quiet for a second when something stays owed after the completion', async () => {
    const { rig, session } = await asking(({ say }) => say(...without('agent_thinking')), ROOMY);
    expect(await session.ask(null).ended()).toBe(true);
    expect(ending(rig)).toEqual(['alice#1 quiet']);
    const last = seen(rig, 'received').at(-1)?.atMs ?? 0;
    expect((seen(rig, 'settled')[0]?.atMs ?? 0) - last).toBeGreaterThanOrEqual(1000);
    await session.close();
  });

  it('gives up when no event comes at all, and asks for a sign of life', async () => {
    const { rig, session } = await asking(({ say }) => say({ type: 'ack', received_type: 'user_message' }));
    expect(await session.ask(null).ended()).toBe(false);
    expect(gaveUp(rig)).toEqual(['first-event']);
    expect(ending(rig)).toEqual(['alice#1 gave-up']);
    expect(seen(rig, 'gave-up')[0]?.afterMs).toBeGreaterThanOrEqual(400);
    expect(seen(rig, 'ponged')).toHaveLength(2);
    expect(session.open).toBe(true);
    await session.close();
  });

  it('gives up when the events stop', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE.slice(0, 2)), {
      budgets: budgetsOf(5000, { gap: 150 }),
    });
    expect(await session.ask(null).ended()).toBe(false);
    expect(gaveUp(rig)).toEqual(['gap']);
    expect(seen(rig, 'gave-up')[0]?.afterMs).toBeLessThan(400);
    await session.close();
  });

  it('gives up when it takes too long as a whole', async () => {
    let stop = (): void => undefined;
    const { rig, session } = await asking(
      ({ say }) => {
        const timer = setInterval(() => say({ type: 'agent_thinking', reasoning: 'still' }), 30);
        stop = () => clearInterval(timer);
      },
      { budgets: budgetsOf(200, { total: 300 }) },
    );
    expect(await session.ask(null).ended()).toBe(false);
    stop();
    expect(gaveUp(rig)).toEqual(['total']);
    await session.close();
  });

  it('is answered, not given up on, when its time is up in the second of quiet', async () => {
    const { rig, session } = await asking(({ say }) => say(...without('agent_thinking')), { budgets: budgetsOf(300) });
    expect(await session.ask(null).ended()).toBe(true);
    expect(ending(rig)).toEqual(['alice#1 quiet']);
    expect(gaveUp(rig)).toEqual([]);
    await session.close();
  });

  it('gives a late event its grace', async () => {
    const { rig, session } = await asking(({ say }) => setTimeout(() => say(...FIVE), 150), {
      budgets: budgetsOf(100),
      graceMs: 2000,
    });
    expect(await session.ask(null).ended()).toBe(true);
    expect(gaveUp(rig)).toEqual([]);
    await session.close();
  });

  it('ends with the connection', async () => {
    const { rig, session } = await asking(({ say, socket }) => {
      say(...FIVE.slice(0, 2));
      socket.close(1000, 'main cleanup');
    });
    const turn = session.ask(null);
    expect(await turn.until('agent_thinking')).toBe(true);
    expect(await turn.until('agent_completed')).toBe(false);
    expect(await turn.ended()).toBe(false);
    expect(ending(rig)).toEqual(['alice#1 closed']);
    await session.close();
  });

  it('is over at once on a connection that is gone', async () => {
    const { rig, session } = await asking(() => undefined);
    await session.close();
    const turn = session.ask(null);
    expect(await turn.ended()).toBe(false);
    expect(await turn.until('agent_started')).toBe(false);
    expect(seen(rig, 'sent')).toEqual([]);
    expect(ending(rig)).toEqual(['alice#1 closed']);
  });

  it('stays unsettled when the run is cut, for its silence proves nothing', async () => {
    const cut = new AbortController();
    const { rig, session } = await asking(() => cut.abort(), {}, { rig: { signal: cut.signal } });
    expect(await session.ask(null).ended()).toBe(false);
    expect(ending(rig)).toEqual([]);
    expect(gaveUp(rig)).toEqual([]);
    await session.close();
  });

  it('stays unsettled when we close in the middle of it', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE.slice(0, 1)));
    const turn = session.ask(null);
    await turn.until('agent_started');
    await session.close();
    expect(await turn.ended()).toBe(false);
    expect(ending(rig)).toEqual([]);
  });

  it('hears its own events only: what comes before the question is nobody’s answer', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE));
    await session.ask('one').ended();
    const second = session.ask('two');
    expect(await second.ended()).toBe(true);
    expect(ending(rig)).toEqual(['alice#1 complete', 'alice#2 complete']);
    const [one, two] = seen(rig, 'sent').map((sent) => /\[ref (\w+)\]/.exec(sent.text)?.[1]);
    expect(one).not.toBe(two);
    await session.close();
  });

  it('does not end with what was stored for an earlier run', async () => {
    const stored = FIVE.map((event) => ({ ...event, run_id: 'earlier', recovered: true }));
    const late = FIVE.slice(1, 2).map((event) => ({ ...event, recovered: true }));
    const { rig, session } = await asking(
      ({ say }) => {
        say(...stored);
        setTimeout(() => say(FIVE[0] ?? {}, ...late, ...FIVE.slice(2)), 50);
      },
      { ...ROOMY },
    );
    expect(await session.ask(null).ended()).toBe(true);
    expect(seen(rig, 'received')).toHaveLength(11);
    expect(ending(rig)).toEqual(['alice#1 complete']);
    await session.close();
  });

  it('waits two seconds at most for a pong, and completes without', async () => {
    const { rig, session } = await asking(({ say }) => say(...FIVE), ROOMY, { autoPong: false });
    expect(await session.ask(null).ended()).toBe(true);
    expect(ending(rig)).toEqual(['alice#1 complete']);
    expect(seen(rig, 'ponged')).toEqual([]);
    const askedMs = seen(rig, 'asked')[0]?.atMs ?? 0;
    expect((seen(rig, 'settled')[0]?.atMs ?? 0) - askedMs).toBeGreaterThanOrEqual(2000);
    await session.close();
  });

  it('counts from when it should have gone out', async () => {
    const { rig, session } = await asking(() => undefined, { budgets: budgetsOf(300) });
    await session.ask(null, rig.clock.nowMs() - 250).ended();
    const [asked] = seen(rig, 'asked');
    expect((asked?.atMs ?? 0) - (asked?.intendedAtMs ?? 0)).toBeGreaterThanOrEqual(250);
    expect(seen(rig, 'gave-up')[0]?.atMs ?? 0).toBeLessThan((asked?.atMs ?? 0) + 200);
    await session.close();
  });

  it('is not declared silent while its answer lies unread in the kernel', async () => {
    const { rig, session } = await asking(() => undefined, { budgets: budgetsOf(300) });
    const turn = session.ask(null);
    await noted(rig, () => seen(rig, 'ponged').length === 1);
    const [socket] = open[0]?.sockets() ?? [];
    // The answer goes into the kernel, then our loop is blocked over the deadline: the reader and the timer are due together.
    for (const event of FIVE) socket?.send(JSON.stringify(event));
    const untilMs = rig.clock.nowMs() + 600;
    while (rig.clock.nowMs() < untilMs);
    expect(await turn.ended()).toBe(true);
    expect(gaveUp(rig)).toEqual([]);
    await session.close();
  });
});
