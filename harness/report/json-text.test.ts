import { describe, expect, it } from 'vitest';
import { jsonText } from './json-text.ts';
import { printable } from './printable.ts';

describe('a JSON document', () => {
  it('holds nothing that a terminal or a CI log obeys, and reads back the same', () => {
    const value = {
      a: ['##[error]x ##vso[y]', '\u001b[2J\u009b\u202e\u2066\u00ad\u{e0041}\n::error::z', '👋 ##'],
      b: null,
    };
    const text = jsonText(value);
    for (const line of text.split('\n')) {
      expect(printable(line)).toBe(line);
      expect(line).not.toMatch(/##\w*\[|^\s*::/);
    }
    expect(JSON.parse(text)).toEqual(value);
  });

  it('is indented, and plain text stays as it is', () => {
    expect(jsonText({ a: 'ß :: #' })).toBe('{\n  "a": "ß :: #"\n}\n');
  });
});
