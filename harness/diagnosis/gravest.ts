import type { NonEmpty } from '../kernel/list.ts';
import type { Outcome } from './verdict.ts';

/** What one outcome outranks: a broken promise, then a platform that kept us from judging, then our own doubt. */
const RANK: { readonly [O in Outcome]: number } = { failed: 0, blocked: 1, unproven: 2, passed: 3 };

/** What can be weighed: a verdict, or the document that tells it. */
type Weighed = { readonly outcome: Outcome } & (
  | { readonly diagnosis: { readonly cause: string } | null }
  | { readonly cause: string | null }
);

/** The one that speaks for several runs: the gravest, the earliest among equals; another user's data outranks all. */
export function gravest<T extends Weighed>(several: NonEmpty<T>): T {
  return several.reduce((worst, next) => (rankOf(next) < rankOf(worst) ? next : worst));
}

function rankOf(weighed: Weighed): number {
  const cause = 'diagnosis' in weighed ? weighed.diagnosis?.cause : weighed.cause;
  return cause === 'cross-user' ? -1 : RANK[weighed.outcome];
}
