import { allCells, pendingCells } from '../fixtures/matrix/cells.ts';
import { matrixCommand } from '../fixtures/matrix/matrix-command.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());

const argv = process.argv.slice(2);

process.exitCode = await matrixCommand(argv, allCells({ injected: argv.includes('--injected') }), pendingCells(), {
  out: (text) => process.stdout.write(text),
  progress: (text) => process.stderr.write(text),
  signal: interrupted.signal,
});
