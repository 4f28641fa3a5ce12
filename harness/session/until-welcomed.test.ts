import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, kept } from '../../fixtures/dials.ts';
import { scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { dial } from './dial.ts';
import { untilWelcomed } from './until-welcomed.ts';

afterEach(closeKept);

/** A connection to a target that does this with the first so many, and welcomes the others. */
async function greeted(code: number, reason: string, times: number, first: readonly object[] = []) {
  let connections = 0;
  const server = kept(
    await scriptedServer({
      onOpen: ({ socket, say }) => {
        connections += 1;
        if (connections > times) return say(WELCOME);
        say(...first);
        socket.close(code, reason);
      },
    }),
  );
  const rig = rigFor(settingsFor(server.url, { dialTries: 3 }));
  const session = await untilWelcomed(rig, ALICE, await dial(rig, ALICE));
  const isOpen = session.open;
  await session.close();
  return { isOpen, attempts: seen(rig, 'dialled').map(({ attempt }) => attempt), joined: seen(rig, 'joined').length };
}

describe('a connection that is turned away before its welcome', () => {
  it.each([
    [1011, 'Service not ready: agent_supervisor'],
    [1013, 'warming up'],
    [1001, 'Startup timeout'],
  ])('with %i "%s" is dialled again until it is welcome', async (code, reason) => {
    expect(await greeted(code, reason, 2)).toEqual({ isOpen: true, attempts: [1, 2, 3], joined: 1 });
  });

  it('is dialled no more often than a dial that is refused', async () => {
    expect(await greeted(1013, 'warming up', 9)).toEqual({ isOpen: false, attempts: [1, 2, 3], joined: 1 });
  });

  it.each([
    [1011, 'Internal error', []],
    [1008, 'service not ready', []],
    [1013, '', []],
    [1011, 'Service not ready', [WELCOME]],
  ])('is not dialled again after %i "%s" and %j', async (code, reason, first) => {
    expect((await greeted(code, reason, 1, first)).attempts).toEqual([1]);
  });
});
