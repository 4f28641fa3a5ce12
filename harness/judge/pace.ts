import type { Budget } from '../timeline/header.ts';
import type { Run } from '../timeline/run.ts';
import { type OwnLateness, ownLateness, sleptIn } from './own-lateness.ts';
import type { Sample } from './samples.ts';

/**
 * A sample beside its budget. `spoilt`: over the max, but not by more than this process may have been late itself. `unknown`: a
 * silence that was watched for no longer than the max.
 */
export type Pace =
  | { readonly state: 'within' | 'slow' | 'unknown' }
  | { readonly state: 'over'; readonly lateByMs: number }
  | { readonly state: 'spoilt'; readonly own: OwnLateness };

/** How finely arrivals are stamped. */
export const RESOLUTION_MS = 1;

/**
 * Late is only what is late by more than we may have been: our lateness is never subtracted to make a pass of it, and the time in which the
 * machine slept is no time in which anything was punctual.
 */
export function paceOf(run: Run, sample: Sample, budget: Budget): Pace {
  const lateByMs = sample.tookMs - budget.maxMs;
  if (lateByMs <= 0 && sample.isSilence) return { state: 'unknown' };
  if (lateByMs + sleptIn(run, sample.fromMs, sample.until.atMs) <= 0)
    return { state: sample.tookMs <= budget.targetMs ? 'within' : 'slow' };
  const own = ownLateness(run, sample.fromMs, sample.until.atMs);
  if (lateByMs > own.boundMs + RESOLUTION_MS + sample.resolutionMs) return { state: 'over', lateByMs };
  return { state: 'spoilt', own };
}
