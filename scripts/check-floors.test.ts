import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violationsUnder } from './check-floors.ts';

/** The laws that a house of these files breaks, as `path:line law`. */
function broken(files: { readonly [path: string]: string }): readonly string[] {
  const root = planted(files);
  try {
    return violationsUnder(root).map(({ path, line, law }) => `${path}:${line} ${law}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function planted(files: { readonly [path: string]: string }): string {
  const root = mkdtempSync(join(tmpdir(), 'floors-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const VERIFIED = 'whoever cannot prove who they are is told nothing: certificates are always verified';
const TICK = '`';
const ENV = 'process.env';

describe('a house that keeps every law', () => {
  it.each([
    [
      'imports of the same floor and below',
      'harness/judge/a.ts',
      "import { b } from './b.ts';\nexport type { C } from '../kernel/c.ts';\n",
    ],
    [
      'a package at home',
      'harness/target/a.ts',
      "import { z } from 'zod';\nconst { Client } = await import('undici');\n",
    ],
    ['suites at the counter', 'suites/a.suite.ts', "import { suite } from '../harness/index.ts';\n"],
    ['the door to fixtures', 'harness/cli/local.ts', "import { serve } from '../../fixtures/target/serve.ts';\n"],
    [
      'tests that reach for fixtures',
      'harness/judge/a.test.ts',
      "import { HEALTHY } from '../../fixtures/healthy.ts';\n",
    ],
    ['the one reader of the environment', 'harness/target/config.ts', `export const env = ${ENV};\n`],
    ['a server that demands certificates', 'fixtures/a.ts', 'serve({ rejectUnauthorized: true });\n'],
    ['the counter that shows every floor', 'harness/index.ts', "export { a } from './vitest/a.ts';\n"],
    [
      'a date of a known time',
      'harness/report/a.ts',
      'export const iso = (ms: number) => new Date(ms).toISOString();\n',
    ],
    [
      'forbidden words in text and comments',
      'harness/judge/a.ts',
      `// console, ${ENV}\nexport const a = 'process fetch';\nexport const b = ${TICK}Date.now$\{a}fetch${TICK};\n`,
    ],
    [
      'forbidden words in regular expressions',
      'harness/judge/a.ts',
      "export const a = (b: number) => [/fetch'/, b / 2, /'console/];\n",
    ],
    [
      'properties that share a name with an impurity',
      'harness/judge/a.ts',
      'export const a = (b: { process: number }) => ({ process: b.process, any: 1 });\n',
    ],
    [
      'dates of known times, and sums',
      'harness/judge/a.ts',
      "export const a = [Date.parse('b'), Date.UTC(2026, 0), new Date(0), Math.max(1, 2), Math.PI];\n",
    ],
    [
      'the process in its other parts',
      'harness/session/a.ts',
      "process.on('exit', a);\nexport const b = { process: process.pid };\n",
    ],
    [
      'tests that speak of skipping',
      'harness/judge/a.test.ts',
      'expect(xit).toEqual({ skipped: 1, skip: false });\na.mock(vi.fn());\nconst { skip } = b;\n',
    ],
    ['timers above the waterline', 'harness/session/a.ts', 'setTimeout(() => performance.now(), 1);\n'],
  ])('has %s', (_what, path, text) => {
    expect(broken({ [path]: text })).toEqual([]);
  });
});

describe('a house that breaks a law', () => {
  it.each([
    ['harness/kernel/a.ts', "import { b } from '../judge/b.ts';\n", 'kernel imports judge, which is above it'],
    [
      'harness/judge/a.ts',
      "import type { B } from '../diagnosis/b.ts';\n",
      'judge imports diagnosis, which is above it',
    ],
    ['harness/judge/a.ts', "export * from '../scenario/b.ts';\n", 'judge imports scenario, which is above it'],
    ['harness/judge/a.ts', "import '../cli/b.ts';\n", 'judge imports cli, which is above it'],
    ['harness/judge/a.ts', "export const b = () => import('../cli/b.ts');\n", 'judge imports cli, which is above it'],
    ['harness/judge/a.ts', "export type B = import('../cli/b.ts').B;\n", 'judge imports cli, which is above it'],
    [
      'harness/explore/a.ts',
      "import { b } from '../index.ts';\n",
      'explore imports harness/index.ts, which is above it',
    ],
    ['harness/session/a.ts', "import type { B } from '../judge/b.ts';\n", 'session is blind to judge'],
    ['harness/probe/a.ts', "import { b } from '../diagnosis/b.ts';\n", 'probe is blind to diagnosis'],
    ['harness/faults/a.ts', "import { b } from '../report/b.ts';\n", 'faults is blind to report'],
    [
      'harness/judge/a.ts',
      "import { z } from 'zod';\n",
      'zod lives in protocol, timeline, report, target, not in judge',
    ],
    ['harness/scenario/a.ts', "import pRetry from 'p-retry';\n", 'p-retry lives in session, not in scenario'],
    [
      'harness/scenario/a.ts',
      "export const ws = () => import('ws');\n",
      'ws lives in session, probe, faults, fixtures, not in scenario',
    ],
    ['harness/target/a.ts', "import { Command } from 'commander';\n", 'commander lives in cli, not in target'],
    ['harness/target/a.ts', "import debug from 'debug/src/index.js';\n", 'debug has no home in the house'],
    ['fixtures/target/a.ts', "import { request } from 'undici';\n", 'undici lives in target, probe, not in fixtures'],
    [
      'fixtures/target/a.ts',
      "import { main } from '../../harness/cli/main.ts';\n",
      'the embedded target never imports cli',
    ],
    [
      'harness/session/a.ts',
      'export const a = (b: string) => import(b);\n',
      'a computed import hides what is imported',
    ],
    [
      'harness/cli/a.ts',
      "import { serve } from '../../fixtures/serve.ts';\n",
      'only harness/cli/local.ts imports fixtures',
    ],
    [
      'harness/crowd/a.ts',
      "export const a = new URL('../../fixtures/serve.ts', import.meta.url);\n",
      'only harness/cli/local.ts imports fixtures',
    ],
    ['harness/cli/a.ts', "import a from '../../suites/a.suite.ts';\n", 'the harness never imports suites'],
    [
      'suites/a.suite.ts',
      "import { a } from '../harness/judge/a.ts';\n",
      'suites import harness/index.ts only, not harness/judge/a.ts',
    ],
    ['suites/a.suite.ts', "import { expect } from 'vitest';\n", 'suites import harness/index.ts only, not vitest'],
    [
      'fixtures/a.test.ts',
      "import a from '../../elsewhere/a.ts';\n",
      '../../elsewhere/a.ts lies outside the repository',
    ],
    ['harness/report/a.ts', "import { hostname } from 'node:os';\n", 'report is pure and imports no node:os'],
    ['harness/report/a.ts', 'export const a = process.pid;\n', 'process has no place below the waterline'],
    ['harness/report/a.ts', 'console.log(1);\n', 'console has no place below the waterline'],
    ['harness/report/a.ts', 'export const a = performance.now();\n', 'performance has no place below the waterline'],
    ['harness/report/a.ts', 'export const a = Date.now();\n', 'Date.now has no place below the waterline'],
    [
      'harness/report/a.ts',
      'export const a = new Date();\n',
      'new Date() without a time has no place below the waterline',
    ],
    [
      'harness/report/a.ts',
      'export const a = new Date;\n',
      'new Date() without a time has no place below the waterline',
    ],
    ['harness/report/a.ts', 'setTimeout(a, 1);\n', 'a timer has no place below the waterline'],
    ['harness/report/a.ts', 'setInterval(a, 1);\n', 'a timer has no place below the waterline'],
    ['harness/report/a.ts', 'setImmediate(a);\n', 'a timer has no place below the waterline'],
    [
      'harness/report/a.ts',
      `export const a = ${TICK}$\{Math.random()}${TICK};\n`,
      'Math.random has no place below the waterline',
    ],
    ['harness/report/a.ts', 'export const a = fetch;\n', 'fetch has no place below the waterline'],
    ['harness/report/a.ts', 'export const a = globalThis;\n', 'globalThis has no place below the waterline'],
    ['harness/session/a.ts', `export const a = ${ENV}.HOME;\n`, 'only harness/target/config.ts reads the environment'],
    [
      'fixtures/target/a.ts',
      'export const { env } = process;\n',
      'only harness/target/config.ts reads the environment',
    ],
    ['harness/session/a.ts', 'export const a = (b: any) => b;\n', 'any says nothing'],
    ['harness/session/a.test.ts', 'export const a = (b: unknown) => b as any;\n', 'any says nothing'],
    ['harness/session/a.ts', 'export const a = new Map<string, any>();\n', 'any says nothing'],
    ['harness/session/a.ts', 'export const a: any[] = [];\n', 'any says nothing'],
    ['harness/session/a.ts', '// biome-ignore lint: because\n', 'a silenced checker proves nothing'],
    ['harness/session/a.test.ts', '/* @ts-ignore */\n', 'a silenced checker proves nothing'],
    ['harness/session/a.ts', '// @ts-expect-error\n', 'a silenced checker proves nothing'],
    [
      'harness/session/a.test.ts',
      "it.skip('a', () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "describe.only('a', () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    ['harness/session/a.test.ts', "test.todo('a');\n", 'a test that is skipped, alone or yet to come proves nothing'],
    [
      'harness/session/a.test.ts',
      "test.concurrent.skip('a');\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    ['harness/session/a.test.ts', "it('a', { retry: 2 }, () => {});\n", 'a retried test hides a flake'],
    ['harness/session/a.ts', 'connect({ rejectUnauthorized: false });\n', VERIFIED],
    ['harness/target/a.ts', 'connect({ rejectUnauthorized });\n', VERIFIED],
    ['harness/probe/a.ts', 'connect({ checkServerIdentity: () => undefined });\n', VERIFIED],
    ['fixtures/a.ts', 'env.NODE_TLS_REJECT_UNAUTHORIZED = zero;\n', VERIFIED],
    ['vitest.config.ts', 'export default { test: { retry: 1 } };\n', 'a retried test hides a flake'],
    ['harness/report/a.ts', 'const D = Date;\n', 'Date by another name has no place below the waterline'],
    ['harness/report/a.ts', 'const { now } = Date;\n', 'Date by another name has no place below the waterline'],
    [
      'harness/report/a.ts',
      "export const a = Date['now']();\n",
      'Date by another name has no place below the waterline',
    ],
    ['harness/report/a.ts', 'export const a = Date?.now();\n', 'Date by another name has no place below the waterline'],
    [
      'harness/report/a.ts',
      'export const a = Reflect.construct(Date, []);\n',
      'Date by another name has no place below the waterline',
    ],
    [
      'harness/report/a.ts',
      'export const a = new Date(...[]);\n',
      'new Date() without a time has no place below the waterline',
    ],
    ['harness/report/a.ts', 'export const a = Temporal.Now.instant();\n', 'Temporal has no place below the waterline'],
    [
      'harness/report/a.ts',
      "export const a = Math['random']();\n",
      'Math by another name has no place below the waterline',
    ],
    ['harness/report/a.ts', 'const { random } = Math;\n', 'Math by another name has no place below the waterline'],
    [
      'harness/report/a.ts',
      'export const a = new WebSocket(b);\n',
      'a connection or a thread has no place below the waterline',
    ],
    ['harness/report/a.ts', 'Atomics.wait(a, 0, 0, 1000);\n', 'Atomics has no place below the waterline'],
    ['harness/report/a.ts', 'export const a = eval(b);\n', 'code made of text has no place below the waterline'],
    [
      'harness/session/a.ts',
      "import { env } from 'node:process';\n",
      'only harness/target/config.ts reads the environment',
    ],
    ['harness/session/a.ts', "import p from 'process';\n", 'only harness/target/config.ts reads the environment'],
    [
      'fixtures/target/a.ts',
      "import * as p from 'node:process';\n",
      'only harness/target/config.ts reads the environment',
    ],
    ['harness/session/a.ts', 'const p = process;\n', 'only harness/target/config.ts reads the environment'],
    ['harness/session/a.ts', 'const { env: e } = process;\n', 'only harness/target/config.ts reads the environment'],
    [
      'harness/session/a.ts',
      'export const a = Reflect.get(process, b);\n',
      'only harness/target/config.ts reads the environment',
    ],
    [
      'harness/session/a.ts',
      "export const a = process['env'];\n",
      'only harness/target/config.ts reads the environment',
    ],
    ['harness/cli/a.ts', 'const { pid, ...p } = process;\n', 'only harness/target/config.ts reads the environment'],
    [
      'harness/session/a.test.ts',
      "it('a', { skip: true }, () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "describe('a', { only: true }, () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "it('a', { todo: isLate }, () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "xit('a', () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "xdescribe('a', () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    [
      'harness/session/a.test.ts',
      "it['skip']('a', () => {});\n",
      'a test that is skipped, alone or yet to come proves nothing',
    ],
    ['harness/session/a.test.ts', "vi.mock('ws');\n", 'a mocked module proves nothing about the real one'],
    [
      'harness/session/a.test.ts',
      "vi.doMock(import('./b.ts'));\n",
      'a mocked module proves nothing about the real one',
    ],
    ['harness/session/utils.ts', '', 'utils names no idea'],
    ['harness/helm/a.ts', '', 'helm is no floor of the house'],
    ['harness/session/a.mts', '', '.mts is no kind of source here, so no law would be checked in it'],
    ['suites/a.suite.tsx', '', '.tsx is no kind of source here, so no law would be checked in it'],
    ['fixtures/a.mjs', '', '.mjs is no kind of source here, so no law would be checked in it'],
    ['harness/session/dialAgain.ts', '', 'dialAgain is not lower-kebab'],
  ])('in %s: %s', (path, text, law) => {
    expect(broken({ [path]: `\n${text}` })).toEqual([`${path}:${text === '' ? 1 : 2} ${law}`]);
  });

  it('has a file that goes on and on', () => {
    expect(broken({ 'harness/session/a.ts': '\n'.repeat(251) })).toEqual([
      'harness/session/a.ts:251 251 lines, and a file ends at 250',
    ]);
  });
});

describe('the check itself', () => {
  it.each([
    [
      'ends with 1 and names each place',
      'console.log(1);\n',
      1,
      'harness/judge/a.ts:1  console has no place below the waterline\nfloors: 1 broken\n',
    ],
    ['ends with 0 where nothing is broken', 'export const a = 1;\n', 0, 'floors: every law is kept\n'],
  ])('%s', (_what, text, status, stdout) => {
    const root = planted({ 'harness/judge/a.ts': text });
    const ran = spawnSync(process.execPath, [join(import.meta.dirname, 'check-floors.ts'), root], { encoding: 'utf8' });
    rmSync(root, { recursive: true });
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status, stdout });
  });
});
