import { describe, expect, it } from 'vitest';
import { wrapped } from './wrapped.ts';

describe('wrapped text', () => {
  it('breaks at spaces, hangs, and leaves a long word whole', () => {
    expect(wrapped('one two three-is-a-long-word four', 8, 2)).toEqual(['one two', '  three-is-a-long-word', '  four']);
  });

  it('never lets a line begin with what a log reader takes for a command', () => {
    for (const hang of [0, 4]) {
      const lines = wrapped('eight ch ::error::pwned and more ::stop-commands::x', 8, hang);
      expect(lines.filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
      expect(lines.map((line) => line.trim()).join(' ')).toBe('eight ch ::error::pwned and more ::stop-commands::x');
    }
  });
});
