import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedTarget, startTarget } from '../fixtures/target/embedded-target.ts';
import { transcript } from './catalogue/transcripts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const run = promisify(execFile);

/** What a command of the README must end with where no network, no secret and no registry are at hand. */
const EXPECTED: readonly (readonly [RegExp, number])[] = [
  [/^npm ci$|^npm test$|^npm install /, 0],
  [/^(smoke|doctor) staging/, 3],
  [/^smoke --url .*:8123/, 1],
  [/^judge /, 0],
  [/^(target|explain|smoke|doctor|npm run smoke)/, 0],
];

describe('the README', () => {
  let folder: string;
  let healthy: EmbeddedTarget;
  let faulty: EmbeddedTarget;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agent-events-readme-'));
    healthy = await startTarget({});
    faulty = await startTarget({ faults: ['close-1011-mid-run'] });
    plantCommands(folder);
  });
  afterAll(async () => {
    await Promise.all([healthy.stop(), faulty.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('uses only languages that are checked here', () => {
    expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(['sh', 'text', 'ts']);
  });

  it('shows commands that end as it says', { timeout: 120_000 }, async () => {
    for (const { text } of blocks.filter(({ language }) => language === 'sh')) {
      const rewired = text.replaceAll('127.0.0.1:8000', hostOf(healthy)).replaceAll('127.0.0.1:8123', hostOf(faulty));
      await bash(rewired, folder);
    }
    const log = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    const wrong = log.filter((line) => {
      const [code = '', ...words] = line.split(' ');
      const shown = words.join(' ').replace(hostOf(faulty), '127.0.0.1:8123');
      const expected = EXPECTED.find(([pattern]) => pattern.test(shown));
      return expected === undefined || Number(code) !== expected[1];
    });
    expect(wrong).toEqual([]);
    expect(log.length).toBeGreaterThan(15);
  });

  it('shows code that runs', { timeout: 60_000 }, async () => {
    for (const [index, { text }] of blocks.filter(({ language }) => language === 'ts').entries()) {
      const file = join(folder, `snippet-${index}.ts`);
      writeFileSync(
        file,
        text
          .replace("'agent-event-harness/target'", `'${join(root, 'fixtures/target/embedded-target.ts')}'`)
          .replace("'agent-event-harness'", `'${join(root, 'harness/index.ts')}'`),
      );
      const { stdout } = await run(process.execPath, [file]);
      expect(stdout).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws\n$/);
    }
  });

  it.each(['transcript-pass', 'transcript-503'])('prints what the commands print now: %s', async (name) => {
    const [, shown = ''] = new RegExp(`<!-- generated:${name} -->\\n([\\s\\S]*?)<!-- /generated`).exec(readme) ?? [];
    expect(told(await transcript(name))).toEqual(told(shown));
    expect(told(shown).length).toBeGreaterThan(12);
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(() => readFileSync(join(root, link)), link).not.toThrow(/ENOENT/);
  });
});

/** What a transcript says, without times, ports and ids; of users who ask at once, whose lines mix by chance, each kind of line once. */
function told(text: string): readonly string[] {
  const lines = text
    .trim()
    .replaceAll(/(?<![\w-])[0-9a-f]{8,32}(?![\w-])|-[0-9a-f]{8}\b/g, '#')
    .replaceAll(/[+]?\d[\d.]*/g, '#')
    .replaceAll(/ +/g, ' ')
    .split('\n')
    .filter((line) => !/stall|^ ?slow|×/.test(line));
  const mixed = lines.filter((line) => / (bob|carol)/.test(line));
  return [
    ...lines.filter((line) => !mixed.includes(line)),
    ...new Set(mixed.map((line) => line.replace(/ms.*/, '')).sort()),
  ];
}

function hostOf(target: EmbeddedTarget): string {
  return new URL(target.wsUrl).host;
}

/** Stand-ins on the PATH: `npx agent-events` runs this checkout, the rest of npm and gcloud do nothing. */
function plantCommands(folder: string): void {
  mkdirSync(join(folder, 'bin'));
  const bin = `"${process.execPath}" "${join(root, 'harness/cli/bin.js')}"`;
  const plant = (name: string, text: string): void => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  const note = `echo "$? $*" >> "${folder}/log"`;
  plant('gcloud', 'true');
  plant(
    'npx',
    `shift\nif [ "$1" = target ] && [ "$2" != --list ]; then (exit 0); else ${bin} "$@" >> "${folder}/output" 2>&1; fi\n${note}`,
  );
  plant(
    'npm',
    `if [ "$1 $2" = "run smoke" ]; then ${bin} smoke >> "${folder}/output" 2>&1; fi\necho "$? npm $*" >> "${folder}/log"`,
  );
}

function bash(text: string, cwd: string): Promise<unknown> {
  const env = { PATH: `${join(cwd, 'bin')}:${process.env.PATH ?? ''}`, HOME: cwd };
  return run('bash', ['-c', text], { cwd, env });
}
