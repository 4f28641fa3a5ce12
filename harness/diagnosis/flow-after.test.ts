import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { flowAfter, flowWords } from './flow-after.ts';

const welcomed = (): TimelineBuilder => timeline().opened().welcomed();
const dripping = (built: TimelineBuilder, bytes: number | string, ok = false): TimelineBuilder =>
  built.probe('ping', { ok, facts: { bytes } });

/** In words what came on alice's connection after her last ping. */
function after(built: TimelineBuilder): string | null {
  const run = built.run();
  const ping = run.observations.findLast(({ kind }) => kind === 'pinged');
  const flow = ping === undefined ? null : flowAfter(run, ping);
  return flow && flowWords(flow);
}

describe('what still comes on a connection whose ping is not answered', () => {
  const pinged = () => welcomed().note({ kind: 'pinged' });

  it.each<readonly [string, TimelineBuilder, string | null]>([
    ['nothing', pinged(), null],
    ['what came before the ping', dripping(welcomed(), 7).note({ kind: 'pinged' }), null],
    ['a late pong', pinged().note({ kind: 'ponged' }), null],
    ['what comes to another user', pinged().on('bob').received('{}'), null],
    ['one frame', pinged().received('{}'), 'another frame still came'],
    ['a ping of the target', pinged().note({ kind: 'was-pinged' }), 'another frame still came'],
    ['two frames', pinged().received('{}').received('{}'), '2 frames still came'],
    ['a frame that drips', dripping(pinged(), 7), '7 bytes of a frame that does not end still came'],
    ['a frame that does not', dripping(pinged(), 0), null],
    ['bytes that nobody counted', dripping(pinged(), 'some'), null],
    ['bytes of a pong', dripping(pinged(), 7, true), null],
    ['a frame, and one that drips', dripping(pinged().received('{}'), 7), 'another frame still came'],
    ['a drip on another connection', dripping(pinged().on('bob'), 7), null],
  ])('is told: %s', (_what, built, words) => {
    expect(after(built)).toBe(words);
  });
});
