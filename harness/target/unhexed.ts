import { passedOver } from './passed-over.ts';
import { FEWEST_READABLE, isReadable, readableIn } from './readable.ts';
import { type Decoded, type Reading, readingOf } from './reading.ts';
import type { Stretch } from './secret-runs.ts';

/** As long as `", "0x` without its zero: what is longer is no separator. */
const LONGEST_GAP = 5;
const ZERO = 0x30;
const NO_DIGIT = 0xff;
const DIGITS = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? NO_DIGIT : digit;
});
const SEPARATORS: ReadonlySet<number> = new Set([...':,.;-_|/\\\'"xX[](){}<>'].map((it) => it.charCodeAt(0)));

/** The texts that hex digits spell in a text, in pairs or in one run; separators and `0x` are passed over. */
export function unhexed(text: string): Reading | null {
  const found: (readonly Decoded[])[] = [];
  /** How many bytes in a row can be read, in pairs that begin at an even digit and at an odd one. */
  const inARow = [0, 0];
  let [from, to, digits, byte, isWorthwhile] = [0, 0, 0, NO_DIGIT, false];
  const close = (): void => {
    if (isWorthwhile) found.push(decoded(text, [from, to], digits));
    digits = 0;
    byte = NO_DIGIT;
    isWorthwhile = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = DIGITS[code] ?? NO_DIGIT;
    if (digit === NO_DIGIT) {
      if (digits === 0) continue;
      const gap = passedOver(text, at, code);
      if (at - to >= LONGEST_GAP || (gap === 0 && !SEPARATORS.has(code))) close();
      at += Math.max(0, gap - 1);
      continue;
    }
    if (code === ZERO && isPrefix(text, at)) continue;
    if (digits === 0) from = at;
    byte = ((byte << 4) | digit) & 0xff;
    const lane = digits & 1;
    const readable = isReadable(byte) ? (inARow[lane] ?? 0) + 1 : 0;
    inARow[lane] = readable;
    if (readable === FEWEST_READABLE) isWorthwhile = true;
    digits += 1;
    to = at + 1;
  }
  close();
  return readingOf(found.flat());
}

/** Read from the first digit and from the second: nobody knows where it was cut. */
function decoded(text: string, [from, to]: Stretch, count: number): readonly Decoded[] {
  const digits = Buffer.alloc(count);
  const places = new Int32Array(count);
  let digit = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if ((DIGITS[code] ?? NO_DIGIT) === NO_DIGIT || (code === ZERO && isPrefix(text, at))) continue;
    digits[digit] = code;
    places[digit] = at;
    digit += 1;
  }
  const spelt = digits.toString('latin1');
  return [0, 1].flatMap((skipped) =>
    readableIn(Buffer.from(spelt.slice(skipped), 'hex'), (at) => {
      const first = skipped + 2 * at;
      return [places[first] ?? from, (places[first + 1] ?? to - 1) + 1];
    }),
  );
}

/** Whether the zero here is that of `0x`. */
function isPrefix(text: string, at: number): boolean {
  return (text.charCodeAt(at + 1) | 0x20) === 0x78;
}
