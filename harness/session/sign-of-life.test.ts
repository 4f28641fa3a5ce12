import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, kept } from '../../fixtures/dials.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { wholeTarget } from '../../fixtures/whole-target.ts';
import { dial } from './dial.ts';
import type { Rig } from './rig.ts';

afterEach(closeKept);

type Target = Parameters<typeof wholeTarget>[0];

/** What a session that asks for a sign of life notes of it. */
async function signs(change: Target, rigChange: Partial<Rig> = {}): Promise<readonly string[]> {
  const target = kept(await wholeTarget(change));
  const rig = rigFor(settingsFor(target.url), rigChange);
  const session = await dial(rig, ALICE);
  await session.signOfLife();
  await session.close();
  return seen(rig, 'probed', 'alice').map(({ probe, ok }) => `${probe} ${ok}`);
}

const answering = (type: string): Target => ({
  onOpen: (socket) =>
    socket.on('message', (data) => {
      if (JSON.parse(String(data)).type === 'ping')
        socket.send(JSON.stringify({ type, message: 'unknown message type' }));
    }),
});

describe('a sign of life', () => {
  it.each(['pong', 'ack', 'error'])('is complete where a JSON ping is answered by %s', async (type) => {
    expect(await signs(answering(type))).toEqual(['ping true', 'application-ping true']);
  });

  it('is half a one where the process lives and its message loop does not', async () => {
    expect(await signs({ onOpen: () => undefined })).toEqual(['ping true', 'application-ping false']);
  });

  it('is none where nobody reads', async () => {
    expect(await signs({ onOpen: (socket) => socket.pause() })).toEqual(['ping false', 'application-ping false']);
  });

  it('says nothing of what the end of the connection, or of the run, cut short', async () => {
    const words = (noted: readonly string[]) => noted.filter((one) => one.startsWith('application-ping'));
    expect(words(await signs({ onOpen: (socket) => socket.on('ping', () => socket.terminate()) }))).toEqual([]);
    const cut = new AbortController();
    const late = await signs({ onOpen: (socket) => socket.on('ping', () => cut.abort()) }, { signal: cut.signal });
    expect(words(late)).toEqual([]);
  });
});
