import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { explanationsIn } from './explained.ts';
import { PARTS } from './parts.ts';

const root = join(import.meta.dirname, '../..');

it('every file of the three floors is in exactly one part', () => {
  const files = globSync('harness/{judge,diagnosis,protocol}/**/*.ts', { cwd: root });
  const code = files.filter((file) => !file.endsWith('.test.ts'));
  const partsOf = (file: string) => Object.entries(PARTS).filter(([, glob]) => matchesGlob(file, glob));
  expect(code.length).toBeGreaterThan(100);
  expect(code.filter((file) => partsOf(file).length !== 1)).toEqual([]);
});

it('every explanation is of a line that is there', () => {
  const explanations = Object.entries(explanationsIn(join(import.meta.dirname, 'explained')));
  const gone = explanations.flatMap(([file, known]) => {
    const lines = new Set(
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .map((line) => line.trim()),
    );
    return known.filter(({ line }) => !lines.has(line)).map(({ line }) => `${file}: ${line}`);
  });
  expect(explanations.length).toBeGreaterThan(0);
  expect(gone).toEqual([]);
});
