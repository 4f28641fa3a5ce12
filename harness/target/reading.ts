import type { Stretch } from './secret-runs.ts';

/** A text as some encoding of it reads, and where each stretch of that stands in the original. */
export type Reading = {
  readonly text: string;
  /** The stretch of the original that became `text.slice(from, to)`. */
  readonly original: (from: number, to: number) => Stretch;
};

/** Reads a text through an encoding; `null` where nothing in it is so encoded. Linear. */
export type Reader = (text: string) => Reading | null;

/** A stretch of an original that was decoded, and what of the original spells each character of it. */
export type Decoded = { readonly text: string; readonly spelling: (at: number) => Stretch };

/** What stands between two of them: no secret goes across it. */
const BREAK = '\u0001';

/** All that was decoded in a text as one reading; `null` where that is nothing. */
export function readingOf(all: readonly Decoded[]): Reading | null {
  if (all.length === 0) return null;
  const begins: number[] = [];
  let length = 0;
  for (const { text } of all) {
    begins.push(length);
    length += text.length + BREAK.length;
  }
  const spelling = (at: number): Stretch => {
    const index = lastAtMost(begins, at);
    return all[index]?.spelling(at - (begins[index] ?? 0)) ?? [0, 0];
  };
  return {
    text: all.map(({ text }) => text).join(BREAK),
    original: (from, to) => [spelling(from)[0], spelling(to - 1)[1]],
  };
}

/** The index of the last number that is not above `at`, of numbers in order. */
function lastAtMost(numbers: readonly number[], at: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
