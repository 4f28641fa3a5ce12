import { Command, CommanderError, Option } from 'commander';
import { version } from '../target/version.ts';
import {
  addDoctorFlags,
  addOutputFlags,
  addRunFlags,
  addTargetFlags,
  addVerdictFlags,
  collect,
  collectBudget,
  number,
  type RunFlags,
} from './flags.ts';
import { nearestFlag } from './nearest-flag.ts';
import { separateWaitForReady } from './separate-wait-for-ready.ts';

const USAGE_EXIT = 64;

/** Runs the command line and answers the exit code. Nothing is printed after it; nothing throws but our own bugs. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const ends = (code: number): void => {
    exitCode = code;
  };
  const program = commandLine(ends);
  try {
    await program.parseAsync(separateWaitForReady(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const hint = nearestFlag(error, program, argv);
    if (!argv.includes('--json')) {
      process.stderr.write(`${hint}\n`);
      return USAGE_EXIT;
    }
    const { refuse } = await import('./refuse.ts');
    const message = error.message.replace(/^error: /, '');
    return await refuse('usage', [{ message, hint }], { json: true, color: false });
  }
  return exitCode;
}

function commandLine(ends: (code: number) => void): Command {
  const program = new Command('agent-events')
    .description('Do the five agent events reach the user, in order and in time? If not: whose trouble is it?')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureHelp({ sortSubcommands: false, helpWidth: 100 })
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events smoke                      the main job, against the embedded target\n  agent-events smoke staging --json       one JSON document\n  agent-events doctor staging             which rung is broken?\n  agent-events judge out/latest/timeline.jsonl\n\nExit codes: 0 passed, 1 failed (application), 2 blocked (infrastructure), 3 unproven (ours), 64 usage',
    );

  const smoke = program
    .command('smoke [environment]')
    .description('the ladder, one question, then two users at once; one verdict')
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events smoke\n  agent-events smoke staging --wait-for-ready 60\n  agent-events smoke --url ws://127.0.0.1:8000/ws --budget first-event=3000\n  agent-events smoke --repeat 10 --min-pass-rate 0.9',
    );
  addTargetFlags(smoke);
  addRunFlags(smoke);
  addVerdictFlags(smoke);
  addOutputFlags(smoke);
  smoke.action(async (environment: string | undefined, flags: RunFlags) =>
    ends(await (await import('./smoke.ts')).smoke(environment ?? null, flags)),
  );

  const doctor = program
    .command('doctor [environment]')
    .description('the ladder alone: stops at the first broken rung and names it')
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events doctor staging\n  agent-events doctor --url wss://host/ws --verbose\n  agent-events doctor --tokens\n  agent-events doctor staging --tokens --allow-intrusive',
    );
  addTargetFlags(doctor);
  addRunFlags(doctor);
  addDoctorFlags(doctor);
  addOutputFlags(doctor);
  doctor.action(async (environment: string | undefined, flags: RunFlags) =>
    ends(await (await import('./doctor.ts')).doctor(environment ?? null, flags)),
  );

  const judge = program
    .command('judge <file...>')
    .description('judges stored timelines again, offline; - reads a timeline or a summary.md from standard input')
    .option('--budget <leg=ms>', 'the most that a leg may take; may be given many times', collectBudget)
    .addOption(new Option('--tools <policy>', 'as recorded, unless given').choices(['required', 'optional', 'absent']))
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events judge out/*/timeline.jsonl\n  agent-events judge --budget gap=90000 timeline.jsonl\n  pbpaste | agent-events judge -',
    );
  addOutputFlags(judge);
  judge.action(async (files: string[], flags) => ends(await (await import('./judge.ts')).judgeFiles(files, flags)));

  program
    .command('target')
    .description('starts the embedded target by hand; Ctrl-C stops it')
    .option('--port <n>', 'the port to listen on; 0 picks a free one (default: 8000)', number(0, true))
    .option('--fault <name[:knob=value,…]>', 'misbehave so; may be given many times', collect)
    .option('--dialect <name>', 'october, beta17 or beta12 (default: october)')
    .option('--seed <n>', 'the seed of its pacing and chances (default: 1)', number(0, true))
    .option('--pace <factor>', 'how slow the agent is; 0 answers at once (default: 1)', number(0, false))
    .option('--list', 'name every fault and the verdict it must produce')
    .option('--json', 'with --list, or for the addresses: JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events target --port 8000\n  agent-events target --port 0 --fault 503-on-upgrade\n  agent-events target --list',
    )
    .action(async (flags) => ends(await (await import('./target.ts')).target(flags)));

  program
    .command('explain [code]')
    .description('a cause, rule or fault: what it means, what else fits, how to provoke it')
    .option('--json', 'JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  agent-events explain run-stalled\n  agent-events explain lifecycle/all-five\n  agent-events explain 503-on-upgrade',
    )
    .action(async (code: string | undefined, flags) =>
      ends(await (await import('./explain.ts')).explain(code ?? null, flags)),
    );

  return program;
}
