import { posix } from 'node:path';
import {
  BIN,
  BLIND,
  COUNTER,
  DOOR_TO_FIXTURES,
  homeOf,
  isTest,
  LAW,
  PACKAGE_HOMES,
  PURE,
  READER_OF_ENVIRONMENT,
  rankOf,
} from './house.ts';
import { importsIn } from './imports-in.ts';
import type { Source } from './read-source.ts';

/** One broken law of the house. */
export type Violation = { readonly path: string; readonly line: number; readonly law: string };

/** What a source imports although the house forbids it. */
export function importViolations(source: Source): readonly Violation[] {
  return importsIn(source).flatMap(({ specifier, line }) =>
    lawsBroken(source.path, specifier).map((law) => ({ path: source.path, line, law })),
  );
}

function lawsBroken(path: string, specifier: string | null): readonly string[] {
  const home = homeOf(path);
  if (specifier === null) {
    const opens = isTest(path) || !path.startsWith('harness/') || home === 'cli' || home === 'vitest';
    return opens ? [] : ['a computed import hides what is imported'];
  }
  if (!specifier.startsWith('.')) return isTest(path) || home === 'scripts' ? [] : packageLaws(path, home, specifier);
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  if (target.startsWith('..')) return [`${specifier} lies outside the repository`];
  return isTest(path) ? [] : pathLaws(path, home, target);
}

function packageLaws(path: string, home: string, specifier: string): readonly string[] {
  if (home === 'suites') return [`suites import ${COUNTER} only, not ${specifier}`];
  if (/^(?:node:)?process$/.test(specifier) && path !== READER_OF_ENVIRONMENT)
    return [`only ${READER_OF_ENVIRONMENT} reads the environment`];
  if (specifier.startsWith('node:')) return PURE.has(home) ? [`${home} is pure and imports no ${specifier}`] : [];
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (!/^(harness|fixtures\/target)\//.test(path)) return [];
  const homes = PACKAGE_HOMES[name];
  if (homes === undefined) return [`${name} has no home in the house`];
  return homes.includes(home) ? [] : [`${name} lives in ${homes.join(', ')}, not in ${home}`];
}

function pathLaws(path: string, home: string, target: string): readonly string[] {
  const there = homeOf(target);
  if (home === 'suites') return target === COUNTER ? [] : [`suites import ${COUNTER} only, not ${target}`];
  if (path.startsWith('fixtures/target/'))
    return there === 'vitest' || there === 'cli' ? [`the embedded target never imports ${there}`] : [];
  if (!path.startsWith('harness/')) return [];
  if (there === 'fixtures') return path === DOOR_TO_FIXTURES ? [] : [`only ${DOOR_TO_FIXTURES} imports fixtures`];
  if (there === 'suites' || there === 'scripts') return [`the harness never imports ${there}`];
  const from = rankOf(home);
  const to = rankOf(there);
  if (from === null) return [];
  const isData = target === 'package.json' || (path === BIN && there === 'dist');
  if (to === null) return isData ? [] : [`${home} imports ${target}, which is above it`];
  if (BLIND.has(home) && LAW.has(there)) return [`${home} is blind to ${there}`];
  return to > from ? [`${home} imports ${there}, which is above it`] : [];
}
