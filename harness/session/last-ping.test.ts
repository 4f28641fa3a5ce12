import { afterEach, describe, expect, it } from 'vitest';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { FIVE, type Part, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import type { Role } from '../timeline/observation.ts';
import { dial } from './dial.ts';
import { PONG_MS } from './pong-wait.ts';
import type { Rig } from './rig.ts';
import type { Session } from './session.ts';
import { systemClock } from './system-clock.ts';

afterEach(closeKept);

/** A session whose one question has been answered, by a server that does this with every later ping. */
async function answered(
  onLastPing: (part: Part, data: Buffer) => void,
  role: Role = 'user',
  rigChange: Partial<Rig> = {},
): Promise<{ readonly rig: Rig; readonly session: Session }> {
  let pings = 0;
  const server = kept(
    await scriptedServer({
      autoPong: false,
      onOpen(part) {
        part.say(WELCOME);
        part.socket.on('ping', (data) => {
          pings += 1;
          if (pings === 1) part.socket.pong(data);
          else onLastPing(part, data);
        });
      },
      onAsk: ({ say }) => say(...FIVE),
    }),
  );
  const rig = rigFor(settingsFor(server.url), rigChange);
  const session = await dial(rig, { session: 'alice', persona: 'alice', role, credential: null });
  await session.welcomed();
  expect(await session.ask(null).ended()).toBe(true);
  return { rig, session };
}

const ending = (rig: Rig): readonly string[] => {
  const kinds = rig.recorder.observations.map((one) => one.kind);
  return kinds.slice(kinds.indexOf('settled') + 1);
};
const LATE = { type: 'agent_thinking', run_id: 'r1', reasoning: 'late' };

describe('the last ping of a user whose question was answered', () => {
  it('brings in what the target wrote after its last event, before we begin to close', async () => {
    const { rig, session } = await answered(({ say, socket }, data) => {
      say(LATE);
      socket.pong(data);
    });
    await Promise.all([session.close(), session.close()]);
    expect(ending(rig)).toEqual(['pinged', 'received', 'ponged', 'closing', 'closed']);
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1000, how: 'frame' });
  });

  it('is not taken for answered by the pong of another one', async () => {
    const { rig, session } = await answered(({ say, socket }, data) => {
      socket.pong();
      say(LATE);
      socket.pong(data);
    });
    await session.close();
    expect(ending(rig)).toEqual(['pinged', 'ponged', 'received', 'closing', 'closed']);
    const [asked, over] = [seen(rig, 'pinged').at(-1)?.atMs ?? 0, seen(rig, 'closing')[0]?.atMs ?? Infinity];
    expect(over - asked).toBeLessThan(PONG_MS / 2);
  });

  it('is waited for no longer than any pong', async () => {
    const limits: number[] = [];
    const clock: Rig['clock'] = {
      ...systemClock,
      after(delayMs, then) {
        limits.push(delayMs);
        return systemClock.after(delayMs === PONG_MS ? 20 : delayMs, then);
      },
    };
    const { rig, session } = await answered(() => undefined, 'user', { clock });
    expect(limits).not.toContain(PONG_MS);
    await session.close();
    expect(limits).toContain(PONG_MS);
    expect(ending(rig)).toEqual(['pinged', 'closing', 'closed']);
  });

  it('is waited for no longer than the run', async () => {
    const cut = new AbortController();
    const { rig, session } = await answered(() => cut.abort(), 'user', { signal: cut.signal });
    const startedMs = rig.clock.nowMs();
    await session.close();
    expect(rig.clock.nowMs() - startedMs).toBeLessThan(1000);
    expect(ending(rig)).toEqual(['pinged', 'closing', 'closed']);
  });

  it('is waited for no longer than the connection, whose end is then the doing of the target', async () => {
    const { rig, session } = await answered(({ socket }) => socket.close(1011, 'oh'));
    await session.close();
    expect(ending(rig)).toEqual(['pinged', 'closed']);
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1011, how: 'frame' });
    expect(session.open).toBe(false);
  });

  it.each(['ladder', 'probe'] as const)('is not sent for a %s', async (role) => {
    const { rig, session } = await answered(() => undefined, role);
    await session.close();
    expect(ending(rig)).toEqual(['closing', 'closed']);
  });

  it('is not sent in the middle of a turn', async () => {
    const server = kept(await scriptedServer({ autoPong: false, onOpen: ({ say }) => say(WELCOME) }));
    const rig = rigFor(settingsFor(server.url, {}, 60_000));
    const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
    await session.welcomed();
    session.ask(null);
    await noted(rig, () => seen(rig, 'pinged').length === 1);
    await session.close();
    expect(seen(rig, 'pinged')).toHaveLength(1);
  });

  it('is not sent to a target that has answered no ping at all', async () => {
    const server = kept(
      await scriptedServer({ autoPong: false, onOpen: ({ say }) => say(WELCOME), onAsk: ({ say }) => say(...FIVE) }),
    );
    const clock: Rig['clock'] = {
      ...systemClock,
      after: (delayMs, then) => systemClock.after(Math.min(delayMs, 50), then),
    };
    const rig = rigFor(settingsFor(server.url), { clock });
    const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
    await session.welcomed();
    expect(await session.ask(null).ended()).toBe(true);
    await session.close();
    expect(ending(rig)).toEqual(['closing', 'closed']);
  });
});
