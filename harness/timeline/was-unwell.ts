import type { Observation } from './observation.ts';

/** Whether the target's health was a server error before observation `seq` already: then the same answer later is no news. */
export function wasUnwell(observations: readonly Observation[], seq: number): boolean {
  return observations.some(
    (seen) =>
      seen.kind === 'probed' &&
      seen.probe === 'backend-health' &&
      seen.seq < seq &&
      seen.answer !== null &&
      seen.answer.status >= 500,
  );
}
