import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FIVE, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';

// How long the command takes against a target that answers at once, as a multiple of a bare `ws` script that does four such
// exchanges: interleaved, medians, warm compile cache. The limit is 3.
const LIMIT = 3;
const ROUNDS = 15;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const server = await scriptedServer({ onOpen: ({ say }) => say(WELCOME), onAsk: ({ say }) => say(...FIVE) });
const bare = ['bare-exchange.js', server.url].map((word, index) => (index === 0 ? at(word) : word));
const smoke = [at('../../harness/cli/bin.js'), 'smoke', '--url', server.url, '--json', '--quiet', '--out', '-'];
await timed(bare);
await timed(smoke);
const rounds: { readonly bareMs: number; readonly smokeMs: number }[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push({ bareMs: await timed(bare), smokeMs: await timed(smoke) });
await server.close();

const bareMs = median(rounds.map((round) => round.bareMs));
const smokeMs = median(rounds.map((round) => round.smokeMs));
const ratio = smokeMs / bareMs;
console.log(`bare ${bareMs.toFixed(0)} ms, smoke ${smokeMs.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (limit ${LIMIT})`);
process.exitCode = ratio <= LIMIT ? 0 : 1;

function timed(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) =>
    spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', (code) =>
      code === 0 ? resolve(performance.now() - startedMs) : reject(new Error(`${args[0]} exits ${code}`)),
    ),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
