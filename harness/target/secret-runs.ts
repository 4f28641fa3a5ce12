/** A stretch of a text, its end not included. */
export type Stretch = readonly [from: number, to: number];

const SMALLEST_TABLE = 1024;
const FACTORS = [0x01000193, 0x5bd1e995] as const;

/**
 * Every run of a fixed length that occurs in the secrets, and where a text holds one: whatever part of a secret is at
 * least so long is found, whole. The case of letters, white space between characters and the two alphabets of base64
 * make no difference. One step per character of a text, however many secrets are known.
 */
export class SecretRuns {
  readonly #length: number;
  /** Two hashes of each run, side by side; the second is never 0. */
  #table = new Int32Array(2 * SMALLEST_TABLE);
  #count = 0;

  constructor(length: number) {
    this.#length = length;
  }

  /** Learns the runs of a secret; `counts` says which of them can be nothing else. */
  add(secret: string, counts: (run: string) => boolean = () => true): void {
    const text = secret.replace(/\s/g, '');
    this.#walk(text, (from, end, first, second) => {
      if (counts(text.slice(from, end))) this.#insert(first, second);
    });
  }

  /** The stretches of a text that are made of such runs, in order and apart. */
  in(text: string): readonly Stretch[] {
    const found: [number, number][] = [];
    if (this.#count === 0 || text.length < this.#length) return found;
    let last: [number, number] | null = null;
    this.#walk(text, (from, end, first, second) => {
      if (this.#table[this.#slot(first, second) + 1] !== second) return;
      if (last !== null && from <= last[1]) {
        last[1] = end;
        return;
      }
      last = [from, end];
      found.push(last);
    });
    return found;
  }

  /** The text with those stretches replaced. */
  masked(text: string, mask: string): string {
    const found = this.in(text);
    if (found.length === 0) return text;
    const pieces: string[] = [];
    let kept = 0;
    for (const [from, to] of found) {
      pieces.push(text.slice(kept, from), mask);
      kept = to;
    }
    return `${pieces.join('')}${text.slice(kept)}`;
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
      const code = folded(text.charCodeAt(at));
      if (code === 0) continue;
      const gone = codes[slot] ?? 0;
      first = (Math.imul(first, one) + code - Math.imul(gone, outOfOne)) | 0;
      second = (Math.imul(second, two) + code - Math.imul(gone, outOfTwo)) | 0;
      codes[slot] = code;
      places[slot] = at;
      slot = slot + 1 === length ? 0 : slot + 1;
      seen += 1;
      if (seen >= length) show(places[slot] ?? 0, at + 1, first, second === 0 ? 1 : second);
    }
  }

  #insert(first: number, second: number): void {
    const slot = this.#slot(first, second);
    if (this.#table[slot + 1] === second) return;
    this.#table[slot] = first;
    this.#table[slot + 1] = second;
    this.#count += 1;
    if (this.#count * 4 > this.#table.length) this.#grow();
  }

  /** Where a run is, or would be. */
  #slot(first: number, second: number): number {
    const table = this.#table;
    const last = table.length - 2;
    let slot = (Math.imul(first ^ (second >>> 15), 0x9e3779b1) >>> 5) & last & ~1;
    while (table[slot + 1] !== 0 && (table[slot] !== first || table[slot + 1] !== second)) slot = (slot + 2) & last;
    return slot;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Int32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const [first = 0, second = 0] = [before[at], before[at + 1]];
      if (second === 0) continue;
      const slot = this.#slot(first, second);
      this.#table[slot] = first;
      this.#table[slot + 1] = second;
    }
  }
}

/** A character without its case and its alphabet of base64; 0 for white space, which is passed over. */
function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code === 43) return 45;
  if (code === 47) return 95;
  return code === 32 || (code >= 9 && code <= 13) ? 0 : code;
}

function power(factor: number, exponent: number): number {
  let product = 1;
  for (let n = 0; n < exponent; n += 1) product = Math.imul(product, factor);
  return product;
}
