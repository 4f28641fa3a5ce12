import { isExhaustion } from '../kernel/exhaustion.ts';
import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** The first sign that this process had no file descriptor left: a failure that says so, or what it found when it counted its own; `null`: none. */
export function exhaustionIn(run: Run): Seen<'failed' | 'probed'> | null {
  return run.observations.find(isExhausted) ?? null;
}

function isExhausted(seen: Observation): seen is Seen<'failed' | 'probed'> {
  if (seen.kind === 'failed') return isExhaustion(seen);
  return seen.kind === 'probed' && (isExhaustion(seen.trouble) || seen.facts.exhausted === true);
}
