import { describe, expect, it } from 'vitest';
import { staleIn, survivorsIn } from './explained.ts';
import type { Mutant, MutationReport } from './report.ts';
import { scoresIn } from './scores.ts';

const FILE = 'harness/judge/a.ts';
const mutant = (status: string, line = 2, replacement = 'true'): Mutant => ({
  mutatorName: 'ConditionalExpression',
  replacement,
  status,
  location: { start: { line, column: 7 }, end: { line, column: 12 } },
});
const report = (...mutants: readonly Mutant[]): MutationReport => ({
  files: { [FILE]: { source: 'one\n  if (a < b) c();\n', mutants } },
});

describe('the score of a floor', () => {
  it('counts what tests and time limits notice, of what was tried', () => {
    const tried = ['Killed', 'Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'].map((status) => mutant(status));
    expect(scoresIn(report(...tried))).toEqual([{ floor: 'judge', tried: 5, noticed: 3, percent: 60, untried: 1 }]);
  });

  it('is never rounded up', () => {
    const almost = [...Array(1999)].map(() => mutant('Killed'));
    expect(scoresIn(report(...almost, mutant('Survived')))[0]?.percent).toBe(99.9);
  });
});

describe('a change that no test notices', () => {
  const known = { [FILE]: [{ line: 'if (a < b) c();', becomes: 'true', because: 'a is always less' }] };

  it('is explained by its line and by what it becomes', () => {
    const found = survivorsIn(report(mutant('Survived'), mutant('NoCoverage', 2, 'false'), mutant('Killed')), known);
    expect(found.map(({ was, becomes, because }) => [was, becomes, because])).toEqual([
      ['a < b', 'true', 'a is always less'],
      ['a < b', 'false', null],
    ]);
  });

  it('makes its explanation stale as soon as one does', () => {
    const found = survivorsIn(report(mutant('Killed')), known);
    expect(staleIn(report(mutant('Killed')), known, found)).toEqual([`${FILE}: if (a < b) c();`]);
    const still = survivorsIn(report(mutant('Survived')), known);
    expect(staleIn(report(mutant('Survived')), known, still)).toEqual([]);
    expect(staleIn({ files: {} }, known, [])).toEqual([]);
  });
});
