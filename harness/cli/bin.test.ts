import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictSchema } from '../report/document-schema.ts';

let root: string;
let bin: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'agent-events-bin-'));
  mkdirSync(join(root, 'harness/cli'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module", "version": "9.9.9" }');
  bin = join(root, 'harness/cli/bin.js');
  copyFileSync(new URL('./bin.js', import.meta.url), bin);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs the bin beside a `main.ts` of that text. */
function run(main: string, { node = process.execPath, flags = [] as string[], argv = [] as string[] } = {}) {
  writeFileSync(join(root, 'harness/cli/main.ts'), main);
  const { status, stdout, stderr } = spawnSync(node, [...flags, bin, ...argv], { encoding: 'utf8', timeout: 30_000 });
  return { status, stdout, stderr };
}

const pretend = (version: string) => [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
];
const healthy = 'export const main = async (argv: string[]) => { console.log(argv.join()); return argv.length; };';

describe('the command', () => {
  it('ends with the code that main answers, and hands it the arguments', () => {
    expect(run(healthy, { argv: ['smoke', '--json'] })).toEqual({ status: 2, stdout: 'smoke,--json\n', stderr: '' });
  });

  it('ends although something keeps the event loop alive, and cuts no output off', () => {
    const main =
      "export const main = async () => { setInterval(() => 0, 1e6); process.stdout.write('x'.repeat(1e6)); return 1; };";
    const { status, stdout } = run(main);
    expect(status).toBe(1);
    expect(stdout).toHaveLength(1e6);
  });

  it.each([
    ['20.9.0', 3],
    ['22.18.9', 3],
    ['22.19.0', 0],
    ['24.1.0', 0],
  ])('on Node %s ends with %i', (version, status) => {
    const ran = run(healthy, { flags: pretend(version) });
    expect(ran.status).toBe(status);
    if (status === 3) expect(ran.stderr).toMatch(/^harness-crashed: Node [\d.]+ cannot run agent-events.*\n$/);
  });

  it('never runs code of its own on an unsupported Node that is really there', ({ skip }) => {
    const system = oldNode();
    if (system === null) return skip('no Node below 22.19 on this machine');
    const ran = run('throw 1', { node: system });
    expect(ran.status).toBe(3);
    expect(ran.stderr.split('\n')).toHaveLength(2);
  });

  it('says so where TypeScript is switched off', () => {
    const ran = run(healthy, { flags: ['--no-strip-types'] });
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(ran.stderr).toContain('does not read TypeScript');
  });

  it.each([
    ['source that does not compile', 'export const main = (', /^harness-crashed: agent-events crashed: /],
    [
      'a missing dependency',
      "import 'no-such-package'; export const main = () => 0;",
      /a part of agent-events is missing.*run "npm ci"\n$/,
    ],
    [
      'an error out of main',
      "export const main = async () => { throw new Error('boom'); };",
      /crashed: boom[\s\S]*at main/,
    ],
    [
      'a throw in a timer',
      "export const main = () => new Promise(() => setTimeout(() => { throw new Error('boom'); }));",
      /crashed: boom/,
    ],
    [
      'a rejection that nobody awaits',
      "export const main = () => new Promise(() => { Promise.reject(new Error('boom')); setInterval(() => 0, 1e6); });",
      /crashed: boom/,
    ],
    ['a thrown text', "export const main = async () => { throw 'boom'; };", /crashed: boom/],
    [
      'an event loop that runs dry',
      'export const main = () => new Promise(() => {});',
      /^harness-crashed: the command ended without a verdict\n$/,
    ],
    ['an exit with 1 from the middle', 'export const main = () => process.exit(1);', /ended without a verdict/],
  ])('ends with 3, never 1, on %s', (_what, main, stderr) => {
    const ran = run(main);
    expect(ran.status).toBe(3);
    expect(ran.stderr).toMatch(stderr);
    expect(ran.stdout).toBe('');
  });

  it.each([
    ['a crash', "export const main = async () => { throw new Error('boom'); };", [], 'harness-crashed'],
    ['an old Node', healthy, pretend('20.0.0'), 'harness-crashed'],
  ])('prints one valid document under --json on %s', (_what, main, flags, cause) => {
    const ran = run(main, { flags: [...flags], argv: ['smoke', '--json'] });
    const document = verdictSchema.parse(JSON.parse(ran.stdout));
    expect(document).toMatchObject({ outcome: 'unproven', exitCode: 3, cause, harness: { version: '9.9.9' } });
  });
});

function oldNode(): string | null {
  for (const path of ['/usr/bin/node', '/usr/local/bin/node']) {
    try {
      const [major = 0, minor = 0] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
        .split('.')
        .map(Number);
      if (major < 22 || (major === 22 && minor < 19)) return path;
    } catch {}
  }
  return null;
}
