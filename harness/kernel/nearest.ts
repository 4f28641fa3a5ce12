/** The candidate that takes the fewest edits (insert, delete, replace) to reach from `word`; `null` without candidates. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** The nearest candidate where it is near: at most half of the word's letters differ; `null` where nothing is. */
export function near(word: string, candidates: readonly string[]): string | null {
  const best = nearest(word, candidates);
  if (best === null) return null;
  return distance(word.toLowerCase(), best.toLowerCase()) <= word.length / 2 ? best : null;
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
