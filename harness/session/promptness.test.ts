import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ALICE, closeKept, served, socketOf } from '../../fixtures/dials.ts';
import { answer, switching } from '../../fixtures/raw-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { dial } from './dial.ts';

afterEach(closeKept);

/** How often each of the two clients is timed, in turn. */
const TURNS = 5;
/** How much later than a bare client we may notice. */
const LATER_MS = 50;

/** When a bare client notices the end of a connection, in milliseconds after it dialled. */
function bare(url: string): Promise<number> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const notice = (): void => resolve(performance.now() - startedMs);
    socket.on('error', notice);
    socket.on('close', notice);
  });
}

/** When it was seen, by the timeline. */
async function ours(url: string): Promise<number> {
  const rig = rigFor(settingsFor(url, {}, 5000));
  const startedMs = rig.clock.nowMs();
  const session = await dial(rig, ALICE);
  const ended = () => [...seen(rig, 'refused'), ...seen(rig, 'failed'), ...seen(rig, 'closed')][0];
  await noted(rig, () => ended() !== undefined);
  await session.close();
  return (ended()?.atMs ?? Number.NaN) - startedMs;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const upgraded = (request: string): string => switching(request);

describe('an end is noticed as soon as a bare client notices it', () => {
  it.each([
    ['a port that nobody listens on', async () => 'ws://127.0.0.1:1/ws'],
    [
      'an upgrade that is refused',
      async () => socketOf(await served({ onRequest: (socket) => socket.end(answer('503 Busy')) })),
    ],
    [
      'a refusal without an end of its body',
      async () =>
        socketOf(
          await served({ onRequest: (socket) => socket.write('HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\nno') }),
        ),
    ],
    [
      'a connection that is reset',
      async () => socketOf(await served({ onRequest: (socket) => socket.resetAndDestroy() })),
    ],
    ['a connection that is ended', async () => socketOf(await served({ onRequest: (socket) => socket.end() }))],
    [
      'a socket that is reset',
      async () =>
        socketOf(
          await served({
            onRequest: (socket, request) => socket.write(upgraded(request), () => socket.resetAndDestroy()),
          }),
        ),
    ],
    [
      'a socket that is ended',
      async () => socketOf(await served({ onRequest: (socket, request) => socket.end(upgraded(request)) })),
    ],
    [
      'a socket that is closed with a frame',
      async () =>
        socketOf(
          await served({
            onRequest: (socket, request) =>
              socket.end(Buffer.concat([Buffer.from(upgraded(request)), Buffer.from([0x88, 2, 3, 0xf3])])),
          }),
        ),
    ],
  ])('%s', async (_what, start) => {
    const url = await start();
    const times = { bare: [] as number[], ours: [] as number[] };
    await bare(url);
    await ours(url);
    for (let turn = 0; turn < TURNS; turn += 1) {
      times.bare.push(await bare(url));
      times.ours.push(await ours(url));
    }
    expect(median(times.ours) - median(times.bare)).toBeLessThan(LATER_MS);
  });
});
