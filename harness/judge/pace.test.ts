import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { ownLateness } from './own-lateness.ts';
import { paceOf, RESOLUTION_MS } from './pace.ts';
import type { Sample } from './samples.ts';

const BUDGET = { targetMs: 1000, maxMs: 2000 };
const calm = timeline().opened().welcomed().run();
const [first] = calm.observations;
const FROM_MS = 10_000;

function sample(tookMs: number, change: Partial<Sample> = {}): Sample {
  if (!first) throw new Error('an empty run');
  const until = { ...first, atMs: FROM_MS + tookMs };
  return { tookMs, fromMs: FROM_MS, from: null, until, isSilence: false, resolutionMs: 0, ...change };
}

describe('a pace', () => {
  it.each([
    [1000, {}, { state: 'within' }],
    [1000.5, {}, { state: 'slow' }],
    [2000, {}, { state: 'slow' }],
    [2000.5, {}, { state: 'spoilt' }],
    [2000 + RESOLUTION_MS, {}, { state: 'spoilt' }],
    [2000.5 + RESOLUTION_MS, {}, { state: 'over', lateByMs: 1.5 }],
    [2000, { isSilence: true }, { state: 'unknown' }],
    [500, { isSilence: true }, { state: 'unknown' }],
    [2500, { isSilence: true }, { state: 'over', lateByMs: 500 }],
    [2090, { resolutionMs: 100 }, { state: 'spoilt' }],
    [2102, { resolutionMs: 100 }, { state: 'over', lateByMs: 102 }],
  ] as const)('of %d ms, %j, is %j', (tookMs, change, pace) => {
    expect(paceOf(calm, sample(tookMs, change), BUDGET)).toMatchObject(pace);
  });
});

describe('our own lateness in a stretch of time', () => {
  const stalled = (...ends: readonly (readonly [endMs: number, lateByMs: number])[]) => {
    const built = timeline();
    let nowMs = 1000;
    for (const [endMs, lateByMs] of ends) {
      built.wait(endMs - nowMs).note({ kind: 'stalled', lateByMs, frozen: true });
      nowMs = endMs;
    }
    return built.run();
  };

  it.each([
    ['none without a stall', stalled(), 2000, 3000, 0],
    ['that of a stall in it', stalled([2500, 300]), 2000, 3000, 300],
    ['that of a stall that ended with it', stalled([2000, 300]), 2000, 3000, 300],
    ['none of a stall that ended before it', stalled([1999, 300]), 2000, 3000, 0],
    ['that of a stall that began in it', stalled([3400, 500]), 2000, 3000, 500],
    ['that of a stall that may have begun in it, a look earlier', stalled([3320, 300]), 2000, 3000, 300],
    ['none of a stall that began after it', stalled([3321, 300]), 2000, 3000, 0],
    ['the sum of a chain', stalled([2500, 300], [2880, 300]), 2000, 3000, 600],
    [
      'the sum of a chain with the longest pause that may hide a stall',
      stalled([2500, 300], [2890, 300]),
      2000,
      3000,
      600,
    ],
    ['the gravest of two chains', stalled([2300, 200], [2800, 300]), 2000, 3000, 300],
    ['the first of two alike', stalled([2300, 300], [2891, 300]), 2000, 3000, 300],
  ] as const)('is %s', (_, run, fromMs, toMs, stalledMs) => {
    expect(ownLateness(run, fromMs, toMs).stalledMs).toBe(stalledMs);
  });

  it('is bounded by the stalls, the looks between them, and the frames that were read', () => {
    expect(ownLateness(stalled([2500, 300]), 2000, 3000)).toEqual({ stalledMs: 300, frames: 0, boundMs: 370 });
    expect(ownLateness(stalled([2500, 300], [2880, 300]), 2000, 3000)).toEqual({
      stalledMs: 600,
      frames: 0,
      boundMs: 750,
    });
    const busy = timeline().wait(1000);
    for (let count = 0; count < 5; count += 1) busy.received({ type: 'heartbeat' }).wait(100);
    const run = busy.run();
    expect(ownLateness(run, 2000, 2400)).toMatchObject({ stalledMs: 0, frames: 5, boundMs: 0.5 });
    expect(ownLateness(run, 2001, 2399)).toMatchObject({ frames: 3 });
    expect(ownLateness({ ...run, observations: run.observations.toReversed() }, 2001, 2399)).toMatchObject({
      frames: 3,
    });
  });
});
