import { globSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { importViolations, type Violation } from './floors/import-laws.ts';
import { readSource } from './floors/read-source.ts';
import { textViolations } from './floors/text-laws.ts';

const SOURCES = ['harness/**/*.{ts,js}', 'suites/**/*.ts', 'fixtures/**/*.ts', 'scripts/**/*.ts', 'vitest.config.ts'];
const STRANGE = ['{harness,suites,fixtures,scripts}/**/*.{mts,cts,tsx,jsx,mjs,cjs}'];

/** Every law of the house that the sources under `root` break, by path and line. */
export function violationsUnder(root: string): readonly Violation[] {
  const exclude = (path: string) => path.includes('node_modules');
  const paths = globSync(SOURCES, { cwd: root, exclude });
  const strange = globSync(STRANGE, { cwd: root, exclude }).map((path) => ({
    path,
    line: 1,
    law: `${extname(path)} is no kind of source here, so no law would be checked in it`,
  }));
  const broken = paths.sort().flatMap((path) => {
    const source = readSource(path, readFileSync(join(root, path), 'utf8'));
    const found = [...importViolations(source), ...textViolations(source)];
    return found.sort((a, b) => a.line - b.line);
  });
  return [...broken, ...strange];
}

if (import.meta.main) {
  const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
  const violations = violationsUnder(root);
  for (const { path, line, law } of violations) console.log(`${path}:${line}  ${law}`);
  console.log(violations.length === 0 ? 'floors: every law is kept' : `floors: ${violations.length} broken`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
