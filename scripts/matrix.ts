import { allCells, pendingCells } from '../fixtures/matrix/cells.ts';
import { matrixCommand } from '../fixtures/matrix/matrix-command.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());

process.exitCode = await matrixCommand(process.argv.slice(2), allCells(), pendingCells(), {
  out: (text) => process.stdout.write(text),
  progress: (text) => process.stderr.write(text),
  signal: interrupted.signal,
});
