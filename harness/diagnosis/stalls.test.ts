import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { GIVEN_UP_MS, givenUpIn, lateWords, longestStall } from './stalls.ts';

const twice = (apartMs: number) => timeline().stalled(300).wait(apartMs).stalled(200).run();
const lateIn = (run: ReturnType<typeof twice>, fromMs = 0, toMs = Number.POSITIVE_INFINITY) =>
  longestStall(run, fromMs, toMs)?.lateByMs ?? null;

describe('stalls of this process', () => {
  it.each([
    [0, 500],
    [61, 500],
    [100, 500],
    [101, 300],
  ])('%i ms apart are the longest with %i ms', (apartMs, lateByMs) => {
    expect(lateIn(twice(apartMs))).toBe(lateByMs);
  });

  it('count where they reach into a stretch, with its edges', () => {
    const run = timeline().wait(1000).stalled(300).run();
    const endMs = run.stalls[0]?.atMs ?? 0;
    expect(lateIn(run, endMs)).toBe(300);
    expect(lateIn(run, endMs + 1)).toBeNull();
    expect(lateIn(run, 0, endMs - 300)).toBe(300);
    expect(lateIn(run, 0, endMs - 301)).toBeNull();
  });

  it('count from the first of those that follow each other', () => {
    const run = timeline().wait(1000).stalled(300).wait(50).stalled(200).run();
    const firstMs = (run.stalls[0]?.atMs ?? 0) - 300;
    expect(lateIn(run, 0, firstMs)).toBe(300);
    expect(lateIn(run, 0, firstMs + 50)).toBe(500);
  });

  it('make a peer give up from half a second on, or from what is asked', () => {
    const run = (lateByMs: number) => timeline().stalled(lateByMs).run();
    expect(GIVEN_UP_MS).toBe(500);
    expect(givenUpIn(run(499), 0, 9e9)).toBeNull();
    expect(givenUpIn(run(500), 0, 9e9)?.lateByMs).toBe(500);
    expect(givenUpIn(run(149), 0, 9e9, 150)).toBeNull();
    expect(givenUpIn(run(150), 0, 9e9, 150)?.lateByMs).toBe(150);
  });

  it.each([
    [true, 'this process was late by 500 ms itself (stopped or starved from outside)'],
    [false, 'this process was late by 500 ms itself (busy with its own work)'],
  ])('say whose doing they were: frozen %s', (frozen, words) => {
    const stall = longestStall(timeline().stalled(500, frozen).run(), 0, 9e9);
    expect(stall === null ? null : lateWords(stall)).toBe(words);
  });
});
