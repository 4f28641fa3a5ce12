import { randomInt } from 'node:crypto';
import { HarnessError } from '../kernel/errors.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { configure, needsEmbedded, readEnvironment } from '../target/config.ts';
import { conduct } from './conduct.ts';
import type { RunFlags } from './flags.ts';
import type { EmbeddedTarget } from './local.ts';
import { printDocument } from './print-document.ts';
import { refuse } from './refuse.ts';
import { repeatCommand } from './repeat-command.ts';
import { settle, settledRun } from './settle.ts';
import { sourceLines } from './source-lines.ts';

/** Bounds of the whole command (CLI contract): 180 s, 300 s where a cold target is waited for. */
const TIMEOUT_MS = 180_000;
const COLD_TIMEOUT_MS = 300_000;

/** With these headers known targets let everything in: what they did not check they cannot have refused. */
const WITH_TEST_HEADERS = {
  message: 'AGENT_EVENTS_TEST_HEADERS is on, with which known targets check no token',
  hint: 'set AGENT_EVENTS_TEST_HEADERS=off: tokens that must be refused are never tried with test headers',
};

/** One command from its flags to its exit code: configuration, target, one or more runs, one verdict. */
export async function runScenario(
  command: 'smoke' | 'doctor',
  environment: string | null,
  flags: RunFlags,
  scenario: Scenario,
): Promise<number> {
  const known = { environment: environment ?? 'local', scenario: scenario.name };
  const machine = readEnvironment();
  const seed = flags.seed ?? randomInt(2 ** 31);
  const intrusive = scenario.intrusive === true;
  const request = { command, environment, flags, env: machine.variables, cwd: process.cwd(), intrusive };
  let embedded: EmbeddedTarget | null = null;
  try {
    if (needsEmbedded(request)) embedded = await (await import('./local.ts')).local.start({ seed });
    const configured = configure({ ...request, embedded });
    if (!configured.ok) return await refuse(configured.problems[0].code, configured.problems, flags, known);
    if (intrusive && configured.settings.testHeaders)
      return await refuse('config-invalid', [WITH_TEST_HEADERS], flags, known);
    if (flags.verbose) process.stderr.write(`${sourceLines(configured.settings).join('\n')}\n\n`);
    const repeat = repeatCommand(command, environment, flags, seed);
    const one = () =>
      conduct({
        scenario,
        settings: configured.settings,
        flags,
        timeoutMs: flags.timeout ?? (flags.waitForReady === undefined ? TIMEOUT_MS : COLD_TIMEOUT_MS),
        patienceMs: flags.waitForReady === undefined ? null : flags.waitForReady * 1000,
        seed,
        stepSummary: machine.stepSummary,
        repeat,
        settled: (conducted) => settledRun(conducted, flags),
      });
    return await printDocument(await settle(one, flags), flags);
  } catch (error) {
    if (error instanceof HarnessError) return await refuse(error.code, [error], flags, known);
    throw error;
  } finally {
    await embedded?.stop();
  }
}
