import type { Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** How late this process was itself in a stretch of monotonic time, and the gravest stall of it. */
export type Stall = { readonly lateByMs: number; readonly at: Seen<'stalled'> };

/** The stalls of this process that reach into `fromMs`…`toMs`, added up; `null` where there was none. A stall is noted when it ends. */
export function stallDuring(run: Run, fromMs: number, toMs: number): Stall | null {
  const stalls = run.stalls.filter(({ atMs, lateByMs }) => atMs >= fromMs && atMs - lateByMs <= toMs);
  const [gravest] = stalls.toSorted((a, b) => b.lateByMs - a.lateByMs);
  return gravest === undefined
    ? null
    : { lateByMs: stalls.reduce((sum, { lateByMs }) => sum + lateByMs, 0), at: gravest };
}
