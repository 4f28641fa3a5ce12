import { basename } from 'node:path';
import { homeOf, isTest, PURE, READER_OF_ENVIRONMENT } from './house.ts';
import type { Violation } from './import-laws.ts';
import { lineAt, type Source } from './read-source.ts';

type Law = {
  readonly law: string;
  readonly pattern: RegExp;
  readonly within: 'code' | 'comments';
  readonly binds: (path: string) => boolean;
};

const everywhere = () => true;
const pureFloors = (path: string) => path.startsWith('harness/') && PURE.has(homeOf(path)) && !isTest(path);
const proofs = (path: string) => isTest(path) || path.endsWith('.suite.ts') || path === 'vitest.config.ts';
const shipped = (path: string) =>
  !isTest(path) && /^(harness|suites|fixtures\/target)\//.test(path) && path !== READER_OF_ENVIRONMENT;

const impure = (name: string, pattern: RegExp): Law => ({
  law: `${name} has no place below the waterline`,
  pattern,
  within: 'code',
  binds: pureFloors,
});

const LAWS: readonly Law[] = [
  impure('process', /(?<![.\w$])process(?![\w$])(?!\s*\??:)/g),
  impure('console', /(?<![.\w$])console(?![\w$])/g),
  impure('performance', /(?<![.\w$])performance(?![\w$])/g),
  impure('Date.now', /\bDate\s*\.\s*now\b/g),
  impure('new Date() without a time', /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/g),
  impure('Date() as a function', /(?<!new\s+)(?<![.\w$])Date\s*\(/g),
  impure('a timer', /(?<![\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)(?![\w$])/g),
  impure('AbortSignal.timeout', /\bAbortSignal\s*\.\s*timeout\b/g),
  impure('Math.random', /\bMath\s*\.\s*random\b/g),
  impure('crypto', /(?<![.\w$])crypto\s*\./g),
  impure('fetch', /(?<![.\w$])fetch(?![\w$])/g),
  impure('globalThis', /(?<![.\w$])globalThis(?![\w$])/g),
  {
    law: `only ${READER_OF_ENVIRONMENT} reads the environment`,
    pattern:
      /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\benv\b[^;{}]*\}\s*=\s*process\b|\benv\b[^;]*\bfrom\s*'\s*node:process/g,
    within: 'code',
    binds: shipped,
  },
  {
    law: 'any says nothing',
    pattern: /(?<=[:<,|&(=]\s*|\bas\s+|\bextends\s+|\bkeyof\s+)\bany\b(?=\s*(?:[;,)>|&=\][{}]|$))/gm,
    within: 'code',
    binds: everywhere,
  },
  {
    law: 'a silenced checker proves nothing',
    pattern: /biome-ignore|@ts-(?:ignore|expect-error|nocheck)|eslint-disable|(?:v8|c8|istanbul) ignore/g,
    within: 'comments',
    binds: everywhere,
  },
  {
    law: 'a test that is skipped, alone or yet to come proves nothing',
    pattern: /\b(?:it|test|describe|suite|bench)\b(?:\s*\.\s*\w+)*?\s*\.\s*(?:skip|only|todo|skipIf|runIf|fails)\b/g,
    within: 'code',
    binds: everywhere,
  },
  {
    law: 'a retried test hides a flake',
    pattern: /\bretry\s*:\s*[1-9{]/g,
    within: 'code',
    binds: proofs,
  },
];

const LONGEST = 250;
const VAGUE = /^(utils?|helpers?|common|types|manager|service|handler|base|core)$/;

/** What a source says although the house forbids it; what it is named, and how long it is. */
export function textViolations(source: Source): readonly Violation[] {
  const { path } = source;
  const found = LAWS.filter((it) => it.binds(path)).flatMap((it) =>
    [...source[it.within].matchAll(it.pattern)].map((match) => ({
      path,
      line: lineAt(source, match.index),
      law: it.law,
    })),
  );
  const lines = source.text.split('\n').length - 1;
  const name = basename(path).replace(/(\.\w+)*$/, '');
  return [
    ...found,
    ...(lines > LONGEST && !isTest(path)
      ? [{ path, line: LONGEST + 1, law: `${lines} lines, and a file ends at ${LONGEST}` }]
      : []),
    ...(VAGUE.test(name) ? [{ path, line: 1, law: `${name} names no idea` }] : []),
    ...(/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name) ? [] : [{ path, line: 1, law: `${name} is not lower-kebab` }]),
  ];
}
