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
  const near = nearest(wrong.split('=')[0] ?? '', candidates);
  const more = command === program ? 'agent-events --help' : `agent-events ${command.name()} --help`;
  return `${near === null ? '' : `the nearest valid one is ${near}; `}${more} lists all`;
}
