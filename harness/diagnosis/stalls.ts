import type { Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** How late this process was itself in a stretch of monotonic time, and the gravest stall of it. */
export type Stall = { readonly lateByMs: number; readonly at: Seen<'stalled'> };

/** Stalls less than this apart are one: what a process does in the moment between them is too little to be on time. */
const APART_MS = 100;

/** The longest stretch in which this process was late, of those that reach into `fromMs`…`toMs`; stalls that follow each other closely are one. */
export function longestStall(run: Run, fromMs: number, toMs: number): Stall | null {
  const stretches: Stall[] = [];
  for (const at of run.stalls) {
    const before = stretches.at(-1);
    const follows = before !== undefined && at.atMs - at.lateByMs - before.at.atMs <= APART_MS;
    if (follows) stretches.pop();
    stretches.push({ lateByMs: at.lateByMs + (follows ? before.lateByMs : 0), at });
  }
  const reaching = stretches.filter(({ at, lateByMs }) => at.atMs >= fromMs && at.atMs - lateByMs <= toMs);
  return reaching.toSorted((a, b) => b.lateByMs - a.lateByMs)[0] ?? null;
}

/** The stalls of this process that reach into `fromMs`…`toMs`, added up; `null` where there was none. A stall is noted when it ends. */
export function stallDuring(run: Run, fromMs: number, toMs: number): Stall | null {
  const stalls = run.stalls.filter(({ atMs, lateByMs }) => atMs >= fromMs && atMs - lateByMs <= toMs);
  const [gravest] = stalls.toSorted((a, b) => b.lateByMs - a.lateByMs);
  return gravest === undefined
    ? null
    : { lateByMs: stalls.reduce((sum, { lateByMs }) => sum + lateByMs, 0), at: gravest };
}
