import type { Run } from '../timeline/run.ts';
import { LEAST_STALL_MS, STALL_TICK_MS } from '../timeline/stall-watch.ts';
import { isArrival } from '../timeline/traffic.ts';

/** How late this process may have been itself at the end of a stretch of time. */
export type OwnLateness = {
  /** The longest chain of stalls that were noted in it. */
  readonly stalledMs: number;
  /** The frames that were read in it, on all connections. */
  readonly frames: number;
  /** Nothing that came at its end was later for our sake than this. */
  readonly boundMs: number;
};

/** Two stalls with no more than one unnoted late look between them are one: nothing was caught up on in between. */
const CHAIN_MS = STALL_TICK_MS + LEAST_STALL_MS + STALL_TICK_MS;
/** Reading, recording and decoding one frame: measured at 0.03 to 0.07 ms in floods of 100,000; what is behind it waits so long. */
const FRAME_MS = 0.1;

const arrivals = new WeakMap<Run, readonly number[]>();

/**
 * An upper bound of our own lateness in a stretch of monotonic time. Stalls in a row add up, and so do the frames that stood
 * in the queue; in a calm stretch, without a stall and with few frames, it is next to nothing.
 */
export function ownLateness(run: Run, fromMs: number, toMs: number): OwnLateness {
  const times = arrivalsOf(run);
  const frames = countBefore(times, toMs, true) - countBefore(times, fromMs, false);
  const { stalledMs, lateMs } = worstChain(run, fromMs, toMs);
  return { stalledMs, frames, boundMs: lateMs + frames * FRAME_MS };
}

/** A stall is noted when it ends; it covers the time before, and the looks between two stalls in a row were late as well. */
function worstChain(run: Run, fromMs: number, toMs: number): { readonly stalledMs: number; readonly lateMs: number } {
  let worst = { stalledMs: 0, lateMs: 0 };
  let chain = { stalledMs: 0, lateMs: 0, endMs: Number.NEGATIVE_INFINITY };
  for (const { atMs, lateByMs } of run.stalls) {
    const beganMs = atMs - lateByMs;
    if (atMs < fromMs || beganMs - STALL_TICK_MS > toMs) continue;
    const betweenMs = Math.max(0, beganMs - chain.endMs);
    chain =
      betweenMs <= CHAIN_MS
        ? { stalledMs: chain.stalledMs + lateByMs, lateMs: chain.lateMs + betweenMs + lateByMs, endMs: atMs }
        : { stalledMs: lateByMs, lateMs: STALL_TICK_MS + lateByMs + LEAST_STALL_MS, endMs: atMs };
    if (chain.lateMs > worst.lateMs) worst = chain;
  }
  return worst;
}

/** For how long the machine was suspended in a stretch of monotonic time, which does not count it: what ended in it took so much longer. */
export function sleptIn({ stalls }: Run, fromMs: number, toMs: number): number {
  const slept = stalls.filter(({ atMs }) => atMs >= fromMs && atMs - STALL_TICK_MS - LEAST_STALL_MS <= toMs);
  return slept.reduce((sum, { sleptMs }) => sum + (sleptMs ?? 0), 0);
}

/** When something came from a target, in order. */
function arrivalsOf(run: Run): readonly number[] {
  const known = arrivals.get(run);
  if (known) return known;
  const times = run.observations.flatMap((seen) => (isArrival(seen) ? [seen.atMs] : [])).sort((a, b) => a - b);
  arrivals.set(run, times);
  return times;
}

/** How many of the times in order are before, or `upTo` at, a moment. */
function countBefore(times: readonly number[], moment: number, upTo: boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const time = times[middle] ?? Number.POSITIVE_INFINITY;
    if (time < moment || (upTo && time === moment)) low = middle + 1;
    else high = middle;
  }
  return low;
}
