import type { RunFlags } from './flags.ts';
import { runScenario } from './run-scenario.ts';

/** `doctor`: climbs the ladder and names the first broken rung; with `--tokens` then tries what the target must refuse. */
export async function doctor(environment: string | null, flags: RunFlags): Promise<number> {
  const { ladder } = await import('../scenario/library/ladder.ts');
  const scenario = flags.tokens ? (await import('../scenario/library/tokens.ts')).tokens : ladder;
  return await runScenario('doctor', environment, flags, scenario);
}
