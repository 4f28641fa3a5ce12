import type { Command, CommanderError } from 'commander';
import { nearest } from '../kernel/nearest.ts';

/** What follows commander's own sentence: the nearest valid flag or command, and where all of them are listed. */
export function nearestFlag(error: CommanderError, program: Command, argv: readonly string[]): string {
  const command = program.commands.find((one) => one.name() === argv[0]) ?? program;
  const wrong = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const candidates =
    error.code === 'commander.unknownOption'
      ? command.options.flatMap((option) => option.long ?? [])
      : error.code === 'commander.unknownCommand'
        ? program.commands.map((one) => one.name())
        : [];
  const flag = wrong.split('=')[0] ?? '';
  const owner = command === program ? undefined : ownerOf(flag, command, program);
  const near = nearest(flag, candidates);
  const more = command === program ? 'agent-events --help' : `agent-events ${command.name()} --help`;
  if (error.code === 'commander.unknownOption' && owner !== undefined)
    return `${command.name()} has no ${flag.replace(/^--/, '')}; agent-events ${owner} ${flag} has; ${more} lists all`;
  return `${near === null ? '' : `the nearest valid one is ${near}; `}${more} lists all`;
}

/** The command of which a flag is, where it is not of this one. */
function ownerOf(flag: string, command: Command, program: Command): string | undefined {
  return program.commands.find((one) => one !== command && one.options.some(({ long }) => long === flag))?.name();
}
