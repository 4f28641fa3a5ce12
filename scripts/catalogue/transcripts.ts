import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../harness/cli/bin.js');

/** Whether a block shows what a command printed. */
export function isTranscript(name: string): boolean {
  return name.startsWith('transcript-');
}

/** Runs the command of a transcript for real and answers what a reader of a terminal would see, fenced. */
export async function transcript(name: string): Promise<string> {
  switch (name) {
    case 'transcript-pass':
      return fenced('npm run smoke', await printed(['smoke', '--out', '-', '--seed', '7', '--no-color'], 0));
    case 'transcript-503':
      return withTarget('503-on-upgrade', async (url) =>
        fenced(
          `npx agent-events smoke --url ${url}`,
          await printed(['smoke', '--url', url, '--out', '-', '--seed', '7', '--no-color'], 2),
        ),
      );
    default:
      throw new Error(`no command makes ${name}`);
  }
}

function fenced(command: string, text: string): string {
  return `\`\`\`text\n$ ${command}\n${text.trim()}\n\`\`\``;
}

/** What the command prints on both streams, in order; throws where it does not end with the exit code that the page claims. */
async function printed(argv: readonly string[], exit: number): Promise<string> {
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const code = await ended(child);
  if (code !== exit) throw new Error(`${argv.join(' ')} ended with ${code}, not ${exit}:\n${text}`);
  return text;
}

async function withTarget(fault: string, use: (url: string) => Promise<string>): Promise<string> {
  const child = spawn(process.execPath, [BIN, 'target', '--port', '0', '--fault', fault], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    return await use(await addressFrom(child));
  } finally {
    child.kill('SIGINT');
    await ended(child);
  }
}

function addressFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const [url] = text.match(/ws:\/\/[\w.:[\]-]+\/\w+/) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    child.once('exit', (code) => reject(new Error(`the target ended with ${code}:\n${text}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}
