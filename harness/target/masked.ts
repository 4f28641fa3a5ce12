import type { Stretch } from './secret-runs.ts';

/** The text with these stretches replaced, in whatever order they come; those that overlap or touch by one mask. */
export function masked(text: string, stretches: readonly Stretch[], mask: string): string {
  if (stretches.length === 0) return text;
  const pieces: string[] = [];
  let kept = 0;
  let end = -1;
  for (const [from, to] of [...stretches].sort(([a], [b]) => a - b)) {
    if (from > end) {
      pieces.push(text.slice(kept, from), mask);
      end = to;
    }
    end = Math.max(end, to);
    kept = end;
  }
  return `${pieces.join('')}${text.slice(kept)}`;
}
