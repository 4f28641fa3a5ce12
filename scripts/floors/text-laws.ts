import { basename } from 'node:path';
import { homeOf, isTest, PURE, READER_OF_ENVIRONMENT, rankOf } from './house.ts';
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
  impure('new Date() without a time', /\bnew\s+Date\b(?!\s*\(\s*[^\s).])/g),
  impure('Date() as a function', /(?<!new\s+)(?<![.\w$])Date\s*\(/g),
  impure('Date by another name', /(?<!\bnew\s+)(?<![.\w$])Date(?![\w$])(?!\s*\()(?!\s*\.\s*(?:now|parse|UTC)\b)/g),
  impure('Temporal', /(?<![.\w$])Temporal(?![\w$])/g),
  impure('a timer', /(?<![\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)(?![\w$])/g),
  impure('AbortSignal.timeout', /\bAbortSignal\s*\.\s*timeout\b/g),
  impure('Math.random', /\bMath\s*\.\s*random\b/g),
  impure('Math by another name', /(?<![.\w$])Math(?![\w$])(?!\s*\.\s*\w)/g),
  impure('Atomics', /(?<![.\w$])Atomics(?![\w$])/g),
  impure(
    'a connection or a thread',
    /\bnew\s+(?:WebSocket|EventSource|XMLHttpRequest|BroadcastChannel|MessageChannel|Worker)\b/g,
  ),
  impure('code made of text', /(?<![.\w$])(?:eval|Function)\s*\(/g),
  impure('crypto', /(?<![.\w$])crypto\s*\./g),
  impure('fetch', /(?<![.\w$])fetch(?![\w$])/g),
  impure('globalThis', /(?<![.\w$])globalThis(?![\w$])/g),
  {
    law: `only ${READER_OF_ENVIRONMENT} reads the environment`,
    // Bare, it is on its way to another name.
    pattern: /\bprocess\s*\??\.\s*env\b|(?<![.\w$])process(?![\w$])(?!\s*\??\.\s*\w)(?!\s*\??:)|\bimport\.meta\.env\b/g,
    within: 'code',
    binds: shipped,
  },
  {
    law: 'whoever cannot prove who they are is told nothing: certificates are always verified',
    // A server may demand a certificate (true); nobody may wave one through.
    pattern:
      /\brejectUnauthorized\b(?!\s*:\s*true\b)|\bcheckServerIdentity\b|\bNODE_TLS_REJECT_UNAUTHORIZED\b\s*['"]?\]?\s*=(?!==)/g,
    within: 'code',
    binds: (path) => !isTest(path),
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
    pattern: new RegExp(
      [
        /\b(?:it|test|describe|suite|bench)\b(?:\s*\.\s*\w+)*?\s*\.\s*(?:skip|only|todo|skipIf|runIf|fails)\b/,
        /(?<![.\w$])(?:it|test|describe)\s*\[/,
        /(?<![.\w$])(?:xit|xtest|xdescribe|fit|fdescribe)\s*[(.]/,
      ]
        .map((form) => form.source)
        .join('|'),
      'g',
    ),
    within: 'code',
    binds: everywhere,
  },
  {
    law: 'a test that is skipped, alone or yet to come proves nothing',
    pattern: /\b(?:skip|only|todo|fails)\s*:(?!\s*false\b)/g,
    within: 'code',
    binds: proofs,
  },
  {
    law: 'a mocked module proves nothing about the real one',
    pattern: /(?<![.\w$])(?:vi|vitest)\s*(?:\.\s*(?:doMock|mock|importMock)\b|\[)/g,
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
  const [top, floor = ''] = path.split('/');
  const strange = top === 'harness' && homeOf(path) !== top && rankOf(floor) === null;
  const name = basename(path).replace(/(\.\w+)*$/, '');
  return [
    ...found,
    ...(strange ? [{ path, line: 1, law: `${floor} is no floor of the house` }] : []),
    ...(lines > LONGEST && !isTest(path)
      ? [{ path, line: LONGEST + 1, law: `${lines} lines, and a file ends at ${LONGEST}` }]
      : []),
    ...(VAGUE.test(name) ? [{ path, line: 1, law: `${name} names no idea` }] : []),
    ...(/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name) ? [] : [{ path, line: 1, law: `${name} is not lower-kebab` }]),
  ];
}
