import { isPassedOver } from './passed-over.ts';
import { RunTable } from './run-table.ts';

/** A stretch of a text, its end not included. */
export type Stretch = readonly [from: number, to: number];

const FACTORS = [0x01000193, 0x5bd1e995] as const;
const FOLDED = Uint8Array.from({ length: 0x80 }, (_, code) => foldedAscii(code));

/**
 * Every run of a fixed length that occurs in the secrets, and where a text holds one: whatever part of a secret is at
 * least so long is found, whole. The case of letters, the two alphabets of base64, white space and zero-width characters
 * make no difference. One step per character of a text, however many secrets are known.
 */
export class SecretRuns {
  readonly #length: number;
  readonly #wordyLength: number;
  readonly #table = new RunTable();

  /** `length` characters in a row are found, and `wordyLength` where they might be prose. */
  constructor(length: number, wordyLength: number = length) {
    this.#length = length;
    this.#wordyLength = wordyLength;
  }

  /** Learns the runs of a secret; `isTelling` says which of them, and where they begin, can be no prose. */
  add(secret: string, isTelling: (run: string, from: number) => boolean = () => true): void {
    const text = secret.replace(/\s/g, '');
    this.#walk(text, (from, end, first, second) => {
      this.#table.add(first, second, isTelling(text.slice(from, end), from) ? 2 : 1);
    });
  }

  /** The stretches of a text that are made of such runs, in order and apart. */
  in(text: string): readonly Stretch[] {
    const found: [number, number][] = [];
    if (this.#table.isEmpty || text.length < this.#length) return found;
    const fewest = this.#wordyLength - this.#length + 1;
    let [from, to, runs, isTelling] = [0, 0, 0, false];
    const close = (): void => {
      const last = found.at(-1);
      if (!isTelling && runs < fewest) runs = 0;
      else if (last !== undefined && from <= last[1]) last[1] = to;
      else found.push([from, to]);
      runs = 0;
      isTelling = false;
    };
    this.#walk(text, (begin, end, first, second) => {
      const weight = this.#table.weightOf(first, second);
      if (weight === 0) {
        if (runs > 0) close();
        return;
      }
      if (runs === 0) from = begin;
      runs += 1;
      to = end;
      if (weight === 2) isTelling = true;
    });
    if (runs > 0) close();
    return found;
  }

  /** Shows every run of a text, with two hashes that roll along. */
  #walk(text: string, show: (from: number, end: number, first: number, second: number) => void): void {
    const length = this.#length;
    const [one, two] = FACTORS;
    const [outOfOne, outOfTwo] = [power(one, length), power(two, length)];
    const codes = new Int32Array(length);
    const places = new Int32Array(length);
    let first = 0;
    let second = 0;
    let seen = 0;
    let slot = 0;
    for (let at = 0; at < text.length; at += 1) {
      const raw = text.charCodeAt(at);
      const code = raw < 0x80 ? (FOLDED[raw] ?? 0) : isPassedOver(raw) ? 0 : raw;
      if (code === 0) continue;
      const gone = codes[slot] ?? 0;
      first = (Math.imul(first, one) + code - Math.imul(gone, outOfOne)) | 0;
      second = (Math.imul(second, two) + code - Math.imul(gone, outOfTwo)) | 0;
      codes[slot] = code;
      places[slot] = at;
      slot = slot + 1 === length ? 0 : slot + 1;
      seen += 1;
      if (seen >= length) show(places[slot] ?? 0, at + 1, first, second);
    }
  }
}

/** A character without its case and its alphabet of base64; 0 for what is passed over. */
function foldedAscii(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code === 43) return 45;
  if (code === 47) return 95;
  return isPassedOver(code) ? 0 : code;
}

function power(factor: number, exponent: number): number {
  let product = 1;
  for (let n = 0; n < exponent; n += 1) product = Math.imul(product, factor);
  return product;
}
