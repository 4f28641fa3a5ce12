import { describe, expect, it } from 'vitest';
import { HEADER } from '../../fixtures/healthy.ts';
import { placed, runOf } from '../../fixtures/timeline.ts';
import { ownLateness, sleptIn } from './own-lateness.ts';

const runWith = (stalls: readonly (readonly [endMs: number, lateByMs: number])[], frameAtMs: readonly number[] = []) =>
  runOf({
    header: HEADER,
    observations: placed([
      ...stalls.map(([atMs, lateByMs]) => ({
        session: 'harness',
        atMs,
        sighting: { kind: 'stalled', lateByMs, frozen: false } as const,
      })),
      ...frameAtMs.map((atMs) => ({ session: 'alice', atMs, sighting: { kind: 'received', text: '{}' } as const })),
    ]),
  });

describe('our own lateness', () => {
  it('is nothing in a calm stretch', () => {
    expect(ownLateness(runWith([]), 0, 10_000)).toEqual({ stalledMs: 0, frames: 0, boundMs: 0 });
    expect(ownLateness(runWith([[900, 300]], [100, 20_000]), 1000, 10_000).boundMs).toBe(0);
  });

  it('of one stall is the stall, the look before it, and what goes unnoted beside it', () => {
    expect(ownLateness(runWith([[1500, 300]]), 1000, 2000)).toEqual({ stalledMs: 300, frames: 0, boundMs: 370 });
  });

  it('of stalls in a row is that of the row, with what lay between', () => {
    const row = runWith([
      [1500, 300],
      [1620, 100],
    ]);
    expect(ownLateness(row, 1000, 2000)).toEqual({ stalledMs: 400, frames: 0, boundMs: 490 });
  });

  it('of stalls that stand apart is that of the worst', () => {
    const apart = runWith([
      [1500, 100],
      [5500, 300],
      [8000, 200],
    ]);
    expect(ownLateness(apart, 1000, 9000)).toMatchObject({ stalledMs: 300, boundMs: 370 });
  });

  it('of stalls that stand apart and were as late is that of the first', () => {
    const alike = runWith([
      [1500, 300],
      [5500, 200],
      [5600, 80],
    ]);
    expect(ownLateness(alike, 1000, 9000)).toMatchObject({ stalledMs: 300, boundMs: 370 });
  });

  it('grows with the frames that were read meanwhile, both ends included', () => {
    const flood = runWith(
      [],
      Array.from({ length: 5000 }, (_, at) => at),
    );
    expect(ownLateness(flood, 1000, 3000)).toEqual({ stalledMs: 0, frames: 2001, boundMs: expect.closeTo(200.1, 5) });
  });
});

describe('the sleep of the machine', () => {
  const slept = (fromMs: number, toMs: number): number => {
    const run = runWith([
      [1000, 100],
      [2000, 100],
    ]);
    const stalls = run.stalls.map((stall) => (stall.atMs === 1000 ? { ...stall, sleptMs: 5000 } : stall));
    return sleptIn({ ...run, stalls }, fromMs, toMs);
  };

  it('is in a stretch of time that its end is in, or that ended a look before', () => {
    expect([slept(900, 1100), slept(1000, 1100), slept(900, 930)]).toEqual([5000, 5000, 5000]);
  });

  it('is in no stretch that begins later or ended long before, and no stall without it counts', () => {
    expect([slept(1001, 1100), slept(900, 929), slept(1900, 2100)]).toEqual([0, 0, 0]);
  });
});
