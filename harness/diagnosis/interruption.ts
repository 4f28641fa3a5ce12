import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** Where somebody stopped the whole run: what waited then proves nothing. `null` where nobody did. */
export function interruptionOf(run: Run): Observation | null {
  return (
    run.observations.find(
      (seen) =>
        (seen.kind === 'gave-up' && /\binterrupted\b/.test(seen.waitingFor)) ||
        (seen.kind === 'noted' && seen.topic === 'interrupted'),
    ) ?? null
  );
}
