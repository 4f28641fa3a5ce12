import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../kernel/nearest.ts';
import { LEGS } from '../timeline/header.ts';

/** What `--help` groups its flags under. */
const TARGET = 'Target:';
const RUN = 'Run:';
const OUTPUT = 'Output:';

/** The flags of `smoke` and `doctor`, as typed on the command line; absent ones are absent. */
export type RunFlags = {
  readonly url?: string;
  readonly http?: string;
  readonly auth?: string;
  readonly origin?: string;
  readonly profile?: string;
  readonly envFile?: string;
  readonly allowProduction?: boolean;
  readonly allowIntrusive?: boolean;
  readonly expectRevision?: string;
  readonly agentOverHttp?: boolean;
  readonly tokens?: boolean;
  readonly scenario?: string;
  readonly tools?: 'required' | 'optional' | 'absent';
  readonly budget?: readonly string[];
  readonly grace?: number;
  readonly timeout?: number;
  readonly waitForReady?: number;
  readonly seed?: number;
  readonly repeat?: number;
  readonly minPassRate?: number;
  readonly failOnFlaky?: boolean;
  readonly onBlocked?: 'fail' | 'neutral';
  readonly checklist?: boolean;
  readonly list?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
};

/** Timers overflow beyond 24.8 days, and end at once; a day is the most that a command may be asked to wait. */
const DAY_MS = 86_400_000;

/** Reads a number of at least `least`; anything else is wrong usage. */
export function number(least: number, whole: boolean, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (text.trim() !== '' && fits) return value;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`it must be a ${whole ? 'whole ' : ''}number ${bounds}.`);
  };
}

function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('it must be from 0 to 1, or a percentage.');
  return value;
}

/** A text that must say something. */
function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('it must not be empty.');
  return text;
}

/** Gathers a flag that may be given many times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** Gathers `LEG=MS`; an unknown leg is wrong usage, and the nearest one is named. */
export function collectBudget(value: string, before: readonly string[] | undefined): readonly string[] {
  const [leg = '', ms = ''] = value.split('=');
  if (!LEGS.some((known) => known === leg))
    throw new InvalidArgumentError(`the nearest leg is ${nearest(leg, LEGS)}; the legs are ${LEGS.join(', ')}.`);
  if (!(Number(ms) > 0 && Number(ms) <= DAY_MS))
    throw new InvalidArgumentError(`${leg} needs a number of milliseconds, as in ${leg}=3000, and at most a day.`);
  return collect(value, before);
}

function add(command: Command, group: string, options: readonly Option[]): void {
  for (const option of options) command.addOption(option.helpGroup(group));
}

/** The flags that say where the target is and who we are to it. */
export function addTargetFlags(command: Command): void {
  add(command, TARGET, [
    new Option('--url <ws-url>', 'the WebSocket to judge; no embedded target is started'),
    new Option('--http <url>', 'its HTTP side (default: the host of --url)'),
    new Option('--auth <url>', 'its auth service (default: the host of --url)'),
    new Option('--origin <url>', 'the Origin header to send'),
    new Option('--profile <name>', 'the protocol it speaks (default: netra)'),
    new Option(
      '--env, --env-file <file>',
      'read variables from this file too, before .env.<environment> (Node itself looks for --env-file, and ends with exit 9 where that file is missing; it knows no --env)',
    ),
    new Option('--expect-revision <sha>', 'unproven when the target reports another build, or none').argParser(filled),
    new Option(
      '--agent-over-http',
      'after a failure also ask the agent over HTTP, once (default on loopback; never in production)',
    ),
    new Option('--no-agent-over-http', 'never ask the agent over HTTP, not even on loopback'),
    new Option('--allow-production', 'production is asked only with this'),
    new Option('--allow-intrusive', 'off this machine, what a target must refuse is tried only with this'),
  ]);
}

/** The flags that say how a run is made and judged. */
export function addRunFlags(command: Command): void {
  add(command, RUN, [
    new Option('--budget <leg=ms>', 'the most that a leg may take; may be given many times').argParser(collectBudget),
    new Option('--grace <ms>', 'how long after a budget late is still late, not missing').argParser(
      number(0, false, DAY_MS),
    ),
    new Option('--timeout <ms>', 'bounds the whole command (default: 180000; 300000 with --wait-for-ready)').argParser(
      number(1, false, DAY_MS),
    ),
    new Option(
      '--wait-for-ready [s]',
      'wait this long (30) for a cold target, then judge by the cold budgets',
    ).argParser(number(0, false, DAY_MS / 1000)),
    new Option('--seed <n>', 'the seed of everything that chance decides').argParser(number(0, true)),
  ]);
}

/** The flags that say how `smoke` repeats itself and what its exit code counts. */
export function addVerdictFlags(command: Command): void {
  add(command, RUN, [
    new Option('--scenario <name>', 'what to act (default: smoke; --list names them)'),
    new Option('--tools <policy>', 'whether the run must use a tool').choices(['required', 'optional', 'absent']),
    new Option('--repeat <n>', 'run it so many times; one verdict for all').argParser(number(1, true)),
    new Option('--min-pass-rate <p>', 'with --repeat: the share of runs that must pass (default: 1)').argParser(share),
    new Option('--fail-on-flaky', 'a success after a failed try exits as the failed try would have'),
    new Option('--on-blocked <how>', 'neutral: infrastructure trouble exits 0, and says so').choices([
      'fail',
      'neutral',
    ]),
    new Option('--checklist', 'also answer the platform checklists: kept, broken, or not visible from outside'),
    new Option('--list', 'name the scenarios and stop'),
  ]);
}

/** The flags that say what is written where. */
export function addOutputFlags(command: Command): void {
  add(command, OUTPUT, [
    new Option('--out <dir>', 'where artifacts go; - writes none (default: out)').argParser(filled),
    new Option('--json', 'standard output is exactly one JSON document'),
    new Option('--quiet', 'no progress'),
    new Option('--verbose', 'also where each setting came from'),
    new Option('--no-color', 'plain text'),
  ]);
}

/** The flags that `doctor` alone has. */
export function addDoctorFlags(command: Command): void {
  add(command, RUN, [
    new Option('--tokens', 'then try every token that must be refused: expired, wrong key, algorithm none and so on'),
  ]);
}
