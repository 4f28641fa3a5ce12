import { near } from '../kernel/nearest.ts';
import { LIBRARY } from '../scenario/library.ts';
import type { RunFlags } from './flags.ts';
import { refuse } from './refuse.ts';
import { runScenario } from './run-scenario.ts';

/** `smoke`: the main job, or another scenario of the library by name. */
export async function smoke(environment: string | null, flags: RunFlags): Promise<number> {
  if (flags.list) {
    for (const { name, sentence } of LIBRARY) process.stdout.write(`${name.padEnd(14)}${sentence}\n`);
    return 0;
  }
  const wanted = flags.scenario ?? 'smoke';
  const scenario = LIBRARY.find((one) => one.name === wanted);
  if (scenario) return runScenario('smoke', environment, flags, scenario);
  const names = LIBRARY.map((one) => one.name);
  const meant = near(wanted, names);
  const hint = `${meant === null ? '' : `the nearest is ${meant}; `}agent-events smoke --list names all`;
  return refuse('usage', [{ message: `no scenario ${wanted}`, hint }], flags);
}
