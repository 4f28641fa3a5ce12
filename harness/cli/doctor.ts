import { ladder } from '../scenario/library/ladder.ts';
import type { RunFlags } from './flags.ts';
import { runScenario } from './run-scenario.ts';

/** `doctor`: climbs the ladder and names the first broken rung. */
export function doctor(environment: string | null, flags: RunFlags): Promise<number> {
  return runScenario('doctor', environment, flags, ladder);
}
