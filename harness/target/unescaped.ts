import type { Reading } from './reading.ts';

/** Text within text doubles the backslashes. */
const ESCAPE =
  /\\{1,8}(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2}))|\\([\\/"])|&#(\d{1,6});|&#x([0-9a-f]{1,5});|&(amp|lt|gt|quot|apos);|%([0-7][0-9a-f])/gi;
const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads through the ways in which encoders spell a character otherwise; `null` where there are none. Linear. */
export function unescaped(text: string): Reading | null {
  const pieces: string[] = [];
  const marks: Mark[] = [];
  let raw = 0;
  let length = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const character = characterOf(match);
    const plain = text.slice(raw, match.index);
    pieces.push(plain, character);
    marks.push({ at: length + plain.length, width: character.length, raw: match.index, rawWidth: match[0].length });
    length += plain.length + character.length;
    raw = match.index + match[0].length;
  }
  if (marks.length === 0) return null;
  pieces.push(text.slice(raw));
  const original = (from: number, to: number): readonly [number, number] => [placeOf(marks, from), placeOf(marks, to)];
  return { text: pieces.join(''), original };
}

type Mark = { readonly at: number; readonly width: number; readonly raw: number; readonly rawWidth: number };

function characterOf([, unicode, braced, byte, plain, decimal, hex, name, percent]: RegExpMatchArray): string {
  if (plain !== undefined) return plain;
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  const code =
    decimal === undefined ? Number.parseInt(unicode ?? braced ?? byte ?? hex ?? percent ?? '0', 16) : Number(decimal);
  return unicode === undefined ? String.fromCodePoint(Math.min(code, 0x10ffff)) : String.fromCharCode(code);
}

/** Where a place in the unescaped text stands in the original: counted from the last escape before it. */
function placeOf(marks: readonly Mark[], at: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = marks[low - 1];
  return before === undefined ? at : before.raw + before.rawWidth + (at - before.at - before.width);
}
