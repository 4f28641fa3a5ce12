import type { Budget } from '../timeline/header.ts';
import type { Run } from '../timeline/run.ts';
import type { Sample } from './samples.ts';

/**
 * A sample beside its budget. `spoilt`: over the max, but not by more than this process was late itself. `unknown`: a
 * silence that was watched for no longer than the max.
 */
export type Pace =
  | { readonly state: 'within' | 'slow' | 'unknown' }
  | { readonly state: 'over'; readonly lateByMs: number }
  | { readonly state: 'spoilt'; readonly stalledMs: number };

/** How finely arrivals are stamped. */
const RESOLUTION_MS = 1;

/** Late is only what is late by more than we were: our lateness is never subtracted to make a pass of it. */
export function paceOf(run: Run, sample: Sample, budget: Budget): Pace {
  const lateByMs = sample.tookMs - budget.maxMs;
  if (lateByMs <= 0 && sample.isSilence) return { state: 'unknown' };
  if (lateByMs <= 0) return { state: sample.tookMs <= budget.targetMs ? 'within' : 'slow' };
  const stalledMs = worstStallMs(run, sample);
  if (lateByMs > stalledMs + RESOLUTION_MS + sample.resolutionMs) return { state: 'over', lateByMs };
  return { state: 'spoilt', stalledMs };
}

/** A stall is noted when it ends; it covers the time before. */
function worstStallMs(run: Run, { fromMs, until }: Sample): number {
  let worst = 0;
  for (const stall of run.stalls) {
    const overlaps = stall.atMs >= fromMs && stall.atMs - stall.lateByMs <= until.atMs;
    if (overlaps && stall.lateByMs > worst) worst = stall.lateByMs;
  }
  return worst;
}
