const SMALLEST = 1024;
/** How many bits of the second hash are kept: what is left is the weight. */
const KEPT = 0x3fffffff;

/** What a run tells: it is none of a secret's (0), one that might be prose too (1), one that can be nothing else (2). */
export type Weight = 0 | 1 | 2;

/** Runs of characters, each by two hashes of it, and what each tells; a question is one step, however many there are. */
export class RunTable {
  /** The first hash of a run, then its second above its weight; 0 where nothing is. */
  #table = new Int32Array(2 * SMALLEST);
  #count = 0;
  /** Which first hashes there may be: most runs of a text are none of a secret's, and this says so sooner. */
  #sieve = new Uint8Array(4 * SMALLEST);

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Whether there may be a run with this first hash. */
  mayHold(first: number): boolean {
    return this.#sieve[sieved(first) & (this.#sieve.length - 1)] === 1;
  }

  add(first: number, second: number, weight: 1 | 2): void {
    const slot = this.#slot(first, second & KEPT);
    const held = this.#table[slot + 1] ?? 0;
    this.#table[slot] = first;
    this.#table[slot + 1] = held | (second << 2) | weight;
    this.#sieve[sieved(first) & (this.#sieve.length - 1)] = 1;
    if (held !== 0) return;
    this.#count += 1;
    if (this.#count * 4 > this.#table.length) this.#grow();
  }

  weightOf(first: number, second: number): Weight {
    const held = this.#table[this.#slot(first, second & KEPT) + 1] ?? 0;
    if ((held & 2) !== 0) return 2;
    return held === 0 ? 0 : 1;
  }

  /** Where a run is, or would be. */
  #slot(first: number, kept: number): number {
    const table = this.#table;
    const last = table.length - 2;
    let slot = (Math.imul(first ^ (kept >>> 15), 0x9e3779b1) >>> 5) & last & ~1;
    for (;;) {
      const held = table[slot + 1] ?? 0;
      if (held === 0 || (table[slot] === first && held >>> 2 === kept)) return slot;
      slot = (slot + 2) & last;
    }
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Int32Array(2 * before.length);
    this.#sieve = new Uint8Array(4 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const [first = 0, held = 0] = [before[at], before[at + 1]];
      if (held === 0) continue;
      const slot = this.#slot(first, held >>> 2);
      this.#table[slot] = first;
      this.#table[slot + 1] = held;
      this.#sieve[sieved(first) & (this.#sieve.length - 1)] = 1;
    }
  }
}

function sieved(first: number): number {
  return Math.imul(first, 0x9e3779b1) >>> 7;
}
