import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('text that somebody else wrote', () => {
  it.each([
    ['C0', from(0x00, 0x1f)],
    ['DEL and C1', from(0x7f, 0x9f)],
    ['the soft hyphen', [0xad]],
    ['the Arabic letter mark', [0x61c]],
    ['zero-width marks and directions', from(0x200b, 0x200f)],
    ['line separators and bidi embeddings', from(0x2028, 0x202e)],
    ['bidi isolates', from(0x2066, 0x2069)],
    ['the byte order mark', [0xfeff]],
    ['tags', from(0xe0000, 0xe007f)],
  ])('shows %s instead of obeying them', (_what, codes) => {
    for (const code of codes) {
      const shown = printable(`a${String.fromCodePoint(code)}b`);
      expect(shown).toMatch(/^a\\(?:[nrt]|u[\da-f]{4}|u\{[\da-f]{5}\})b$/);
    }
  });

  it('names what it shows', () => {
    expect(printable('\u001b[2J\u009b31m\u2066\u00ad\u061c\u{e0041}\n')).toBe(
      '\\u001b[2J\\u009b31m\\u2066\\u00ad\\u061c\\u{e0041}\\n',
    );
  });

  it('stays as it is where it is only text', () => {
    const text = 'Grüße, 東京, مرحبا, 👋🏽 · × … ✅ \u00a0';
    expect(printable(text)).toBe(text);
  });
});
