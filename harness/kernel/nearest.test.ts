import { describe, expect, it } from 'vitest';
import { near, nearest } from './nearest.ts';

describe('the nearest word', () => {
  it.each([
    ['--jsn', ['--json', '--out'], '--json'],
    ['connct', ['credentials', 'connect', 'welcome'], 'connect'],
    ['SMOKE', ['judge', 'smoke'], 'smoke'],
    ['', ['ab', 'a'], 'a'],
  ])('to %s among %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it('is none where there are no candidates', () => {
    expect(nearest('anything', [])).toBeNull();
  });
});

describe('a near word', () => {
  it.each([
    ['connct', ['connect', 'welcome'], 'connect'],
    ['nope', ['I1', 'smoke'], null],
    ['run-silnt', ['run-silent', 'I1'], 'run-silent'],
    ['x', [], null],
  ])('to %s among %j is %s', (word, candidates, expected) => {
    expect(near(word, candidates)).toBe(expected);
  });
});
