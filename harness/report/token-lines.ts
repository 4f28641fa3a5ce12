import type { VerdictDocument } from './document-schema.ts';
import { howOf, type TokenEntry } from './token-entries.ts';

const VERDICT = {
  refused: 'refused',
  'let-in': 'LET IN',
  unproven: 'unproven',
  'not-asked': 'not asked',
} as const satisfies { readonly [O in TokenEntry['outcome']]: string };
/** The name of the longest kind, the longest verdict, the longest place, and two spaces each. */
const COLUMNS = [16, 11, 30] as const;

/** One row of the token matrix: which token, what came of it, where and how it was told, and in which words. */
export type TokenCells = readonly [kind: string, verdict: string, how: string, words: string];

/** The token matrix in cells; none where the run tried no token. */
export function tokenCells({ tokens }: Pick<VerdictDocument, 'tokens'>): readonly TokenCells[] {
  return (tokens ?? []).map((entry) => [entry.kind, VERDICT[entry.outcome], howOf(entry), wordsOf(entry)]);
}

/** The token matrix as aligned lines, and how far their last column hangs. */
export function tokenLines(document: Pick<VerdictDocument, 'tokens'>): readonly string[] {
  return tokenCells(document).map(([kind, verdict, how, words]) =>
    `${kind.padEnd(COLUMNS[0])}${verdict.padEnd(COLUMNS[1])}${how.padEnd(words === '' ? 0 : COLUMNS[2])}${words}`.trimEnd(),
  );
}

function wordsOf({ outcome, as, because, message, reason }: TokenEntry): string {
  if (outcome === 'let-in') return as === null ? '' : `as ${as}`;
  // Why some are not asked is one note for all of them.
  if (outcome === 'not-asked') return '';
  if (outcome === 'unproven') return because ?? '';
  const said = [message, reason].find((text) => text !== null && text !== '');
  return [because, said].filter((text) => text !== null && text !== undefined).join(': ');
}
