import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, kept } from '../../fixtures/dials.ts';
import { FIVE, type Part, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { budgetsOf, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { askForMissed } from './ask-for-missed.ts';
import { dial } from './dial.ts';
import { Latch } from './latch.ts';
import type { Rig } from './rig.ts';

afterEach(closeKept);

/** A target that says the first `before` events to who asked, and the rest to who comes back. */
async function away(before: number, onAsked: (part: Part) => unknown = () => undefined) {
  let count = 0;
  const gone = new Latch();
  const server = kept(
    await scriptedServer({
      onOpen: (part) => {
        count += 1;
        part.say(WELCOME);
        part.socket.on('close', () => gone.settle(true));
        if (count === 2) part.say(...FIVE.slice(before));
      },
      onAsk: (part) => {
        part.say(...FIVE.slice(0, before));
        onAsked(part);
      },
    }),
  );
  const rig = rigFor(settingsFor(server.url, { budgets: budgetsOf(10_000) }));
  const session = await dial(rig, ALICE);
  await session.welcomed();
  return { rig, session, gone };
}

const kinds = (rig: Rig): readonly string[] =>
  rig.recorder.observations.map((one) => one.kind).filter((kind) => kind !== 'pinged' && kind !== 'ponged');

describe('a connection that is cut by us', () => {
  it('ends without a close frame, for both sides, and says whose doing it is', async () => {
    const { rig, session, gone } = await away(1);
    const turn = session.ask(null);
    await turn.until('agent_started');
    await session.sever();
    expect(await gone.settled).toBe(true);
    expect(session.open).toBe(false);
    expect(seen(rig, 'faulted')).toMatchObject([{ fault: 'sever', towards: 'server' }]);
    expect(seen(rig, 'closed')).toMatchObject([{ code: 1006, how: 'local', socketCode: null }]);
    expect(seen(rig, 'settled')).toEqual([]);
    await session.sever();
    expect(seen(rig, 'faulted')).toHaveLength(1);
    await session.close();
    expect(await turn.ended()).toBe(false);
  });

  it('loses nothing that was on its way', async () => {
    // The target writes once more in the moment in which it learns that we are gone.
    const { rig, session } = await away(1, ({ request, say }) =>
      request.socket.prependListener('end', () => say(...FIVE.slice(1, 3))),
    );
    const turn = session.ask(null);
    await turn.until('agent_started');
    await session.sever();
    const texts = seen(rig, 'received').map(({ text }) => JSON.parse(text).type);
    expect(texts).toEqual(['connection_established', 'agent_started', 'agent_thinking', 'tool_executing']);
    await session.close();
  });

  it('keeps its turn for the next one, which goes on with it from its first frame', async () => {
    const { rig, session } = await away(3);
    const turn = session.ask(null);
    await turn.until('tool_executing');
    expect([turn.isOver, turn.last?.type]).toEqual([false, 'tool_executing']);
    expect(turn.longestWaitMs).toBeGreaterThan(0);
    await session.sever();
    const again = await dial(rig, { ...ALICE, resumes: turn });
    await again.welcomed();
    askForMissed(rig, again, turn);
    expect(await turn.ended()).toBe(true);
    expect(turn.isOver).toBe(true);
    const [restore] = seen(rig, 'sent').slice(-1);
    expect(JSON.parse(restore?.text ?? '')).toMatchObject({
      type: 'session_restore',
      payload: { threadId: null, lastMessageId: null },
    });
    const later = kinds(rig);
    expect(later.slice(later.indexOf('closed'))).toEqual([
      ...['closed', 'joined', 'dialled', 'opened', 'resumed', 'received', 'received', 'received', 'settled', 'sent'],
    ]);
    expect(seen(rig, 'settled')).toMatchObject([{ turn: 'alice#1', because: 'complete' }]);
    await again.close();
  });

  it('ends the turn where the next one is taken away', async () => {
    const { rig, session } = await away(5);
    const turn = session.ask(null);
    await turn.until('agent_started');
    await session.sever();
    const again = await dial(rig, { ...ALICE, resumes: turn });
    if (!turn.isOver) await again.close();
    await turn.ended();
    expect(turn.isOver).toBe(true);
    await again.close();
  });
});
