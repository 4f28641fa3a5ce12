import { passedOver } from './passed-over.ts';
import { RunTable } from './run-table.ts';

/** A stretch of a text, its end not included. */
export type Stretch = readonly [from: number, to: number];

/** Is shown a run: which of the text it is, where it stands, its hashes. */
type Show = (order: number, from: number, to: number, first: number, second: number) => void;

const FACTORS = [0x01000193, 0x5bd1e995] as const;
/** No run is longer: a power of two. */
const RING = 64;
const [GAP, UNSURE] = [0, 1];
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
    this.#walk(text, {
      isEvery: true,
      show: (_order, from, to, first, second) => {
        this.#table.add(first, second, isTelling(text.slice(from, to), from) ? 2 : 1);
      },
    });
  }

  /** The stretches of a text that are made of such runs, in order and apart. */
  in(text: string): readonly Stretch[] {
    const found: [number, number][] = [];
    if (this.#table.isEmpty || text.length < this.#length) return found;
    const fewest = this.#wordyLength - this.#length + 1;
    let [from, to, runs, last, isTelling] = [0, 0, 0, 0, false];
    const close = (): void => {
      const before = found.at(-1);
      if (runs === 0 || (!isTelling && runs < fewest)) return;
      if (before !== undefined && from <= before[1]) before[1] = to;
      else found.push([from, to]);
    };
    this.#walk(text, {
      isEvery: false,
      show: (order, begin, end, first, second) => {
        const weight = this.#table.weightOf(first, second);
        if (weight === 0) return;
        if (order !== last + 1 || runs === 0) {
          close();
          [from, runs, isTelling] = [begin, 0, false];
        }
        runs += 1;
        last = order;
        to = end;
        if (weight === 2) isTelling = true;
      },
    });
    close();
    return found;
  }

  /** Shows the runs of a text, every one or those that may be known, with two hashes that roll along. */
  #walk(text: string, { isEvery, show }: { readonly isEvery: boolean; readonly show: Show }): void {
    const table = this.#table;
    const length = this.#length;
    const [one, two] = FACTORS;
    const [outOfOne, outOfTwo] = [power(one, length), power(two, length)];
    const codes = new Int32Array(RING);
    const places = new Int32Array(RING);
    let first = 0;
    let second = 0;
    let seen = 0;
    for (let at = 0; at < text.length; at += 1) {
      const raw = text.charCodeAt(at);
      let code = FOLDED[raw] ?? UNSURE;
      if (code === GAP) continue;
      if (code === UNSURE) {
        const gap = passedOver(text, at, raw);
        if (gap > 0) {
          at += gap - 1;
          continue;
        }
        code = raw;
      }
      const gone = codes[(seen - length) & (RING - 1)] ?? 0;
      first = (Math.imul(first, one) + code - Math.imul(gone, outOfOne)) | 0;
      second = (Math.imul(second, two) + code - Math.imul(gone, outOfTwo)) | 0;
      codes[seen & (RING - 1)] = code;
      places[seen & (RING - 1)] = at;
      seen += 1;
      if (seen >= length && (isEvery || table.mayHold(first)))
        show(seen, places[(seen - length) & (RING - 1)] ?? 0, at + 1, first, second);
    }
  }
}

/** A character without its case and its alphabet of base64, or that it is passed over, or may be. */
function foldedAscii(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code === 43) return 45;
  if (code === 47) return 95;
  if (code === 32) return GAP;
  return code < 32 || code === 92 ? UNSURE : code;
}

function power(factor: number, exponent: number): number {
  let product = 1;
  for (let n = 0; n < exponent; n += 1) product = Math.imul(product, factor);
  return product;
}
