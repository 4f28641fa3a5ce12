import { passedOver } from './passed-over.ts';
import { FEWEST_READABLE, readableIn } from './readable.ts';
import { type Decoded, type Reading, readingOf } from './reading.ts';
import type { Stretch } from './secret-runs.ts';

const [ZERO, NINE, COMMA, SEMICOLON] = [0x30, 0x39, 0x2c, 0x3b];
/** What no byte is: a longer number counts as this. */
const NO_BYTE = 0x100;

/** The texts that lists of decimal byte values spell in a text, as in `[101,121,74]`: commas, semicolons or blanks stand between. */
export function unlisted(text: string): Reading | null {
  const found: (readonly Decoded[])[] = [];
  let [from, numbers, isInNumber] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      if (isInNumber) continue;
      if (numbers === 0) from = at;
      numbers += 1;
      isInNumber = true;
      continue;
    }
    isInNumber = false;
    if (numbers === 0 || code === COMMA || code === SEMICOLON) continue;
    const gap = passedOver(text, at, code);
    at += Math.max(0, gap - 1);
    if (gap > 0) continue;
    if (numbers >= FEWEST_READABLE) found.push(decoded(text, [from, at], numbers));
    numbers = 0;
  }
  if (numbers >= FEWEST_READABLE) found.push(decoded(text, [from, text.length], numbers));
  return readingOf(found.flat());
}

function decoded(text: string, [from, to]: Stretch, count: number): readonly Decoded[] {
  const bytes = Buffer.alloc(count);
  const begins = new Int32Array(count);
  const ends = new Int32Array(count);
  let number = -1;
  let [value, isInNumber] = [0, false];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= ZERO && code <= NINE;
    if (isDigit && !isInNumber) {
      number += 1;
      begins[number] = at;
      value = 0;
    }
    isInNumber = isDigit;
    if (!isDigit) continue;
    value = Math.min(10 * value + code - ZERO, NO_BYTE);
    bytes[number] = value === NO_BYTE ? 0 : value;
    ends[number] = at + 1;
  }
  return readableIn(bytes, (at) => [begins[at] ?? from, ends[at] ?? to]);
}
