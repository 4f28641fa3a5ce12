import { passedOver } from './passed-over.ts';
import { isReadable } from './readable.ts';
import { type Decoded, type Reading, readingOf } from './reading.ts';
import type { Stretch } from './secret-runs.ts';

/** Fewer groups of four spell fewer than ten characters. */
const FEWEST_GROUPS = 4;
const NO_DIGIT = 0xff;
const BLANK = 0x20;
/** What stands between digits that were found to follow each other. */
const GAPS = /\\{1,8}[nrt]|[^\w+/-]/g;
/** What each character is worth, in both alphabets. */
const DIGITS = digitsOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', '-_');

/** The texts that base64 spells in a text, wherever it begins and was cut: each of the four groupings is read. */
export function unbase64(text: string): Reading | null {
  const found: Decoded[] = [];
  const lanes = { from: new Int32Array(4), to: new Int32Array(4), groups: new Int32Array(4) };
  const lastFour = new Int32Array(4);
  let bits = 0;
  let seen = 0;
  let open = 0;
  const close = (lane: number): void => {
    const groups = lanes.groups[lane] ?? 0;
    if (groups === 0) return;
    lanes.groups[lane] = 0;
    open -= 1;
    if (groups >= FEWEST_GROUPS) found.push(decoded(text, [lanes.from[lane] ?? 0, lanes.to[lane] ?? 0], 4 * groups));
  };

  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code < 0x80 ? (DIGITS[code] ?? NO_DIGIT) : NO_DIGIT;
    if (code === BLANK) continue;
    if (digit === NO_DIGIT) {
      const gap = passedOver(text, at, code);
      if (gap > 0) {
        at += gap - 1;
        continue;
      }
      if (open > 0) for (let lane = 0; lane < 4; lane += 1) close(lane);
      seen = 0;
      continue;
    }
    bits = ((bits << 6) | digit) & 0xffffff;
    const lane = seen & 3;
    lastFour[lane] = at;
    seen += 1;
    if (seen < 4) continue;
    if (isReadable(bits >>> 16) && isReadable((bits >>> 8) & 0xff) && isReadable(bits & 0xff)) {
      if (lanes.groups[lane] === 0) {
        lanes.from[lane] = lastFour[seen & 3] ?? 0;
        open += 1;
      }
      lanes.groups[lane] = (lanes.groups[lane] ?? 0) + 1;
      lanes.to[lane] = at + 1;
    } else if (open > 0) close(lane);
  }
  for (let lane = 0; lane < 4; lane += 1) close(lane);
  return readingOf(found);
}

function decoded(text: string, [from, to]: Stretch, count: number): Decoded {
  const spelt = text.slice(from, to);
  const isWhole = to - from === count;
  let places: Int32Array | null = null;
  const placeOf = (digit: number): number => {
    if (isWhole) return from + digit;
    places ??= placesIn(spelt, count);
    return from + (places[digit] ?? 0);
  };
  return {
    text: Buffer.from(isWhole ? spelt : spelt.replace(GAPS, ''), 'base64').toString('latin1'),
    spelling: (at) => {
      const digit = 4 * Math.floor(at / 3) + (at % 3);
      return [placeOf(digit), placeOf(digit + 1) + 1];
    },
  };
}

/** Where in a stretch that holds gaps each digit stands. */
function placesIn(spelt: string, count: number): Int32Array {
  const places = new Int32Array(count);
  let digit = 0;
  for (let at = 0; at < spelt.length; at += 1) {
    const gap = passedOver(spelt, at, spelt.charCodeAt(at));
    if (gap > 0) {
      at += gap - 1;
      continue;
    }
    places[digit] = at;
    digit += 1;
  }
  return places;
}

function digitsOf(alphabet: string, others: string): Uint8Array {
  const digits = new Uint8Array(0x80).fill(NO_DIGIT);
  for (let digit = 0; digit < 64; digit += 1) digits[alphabet.charCodeAt(digit)] = digit;
  for (let other = 0; other < others.length; other += 1) digits[others.charCodeAt(other)] = 62 + other;
  return digits;
}
