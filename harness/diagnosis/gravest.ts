import type { NonEmpty } from '../kernel/list.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** What one outcome outranks: a broken promise, then a platform that kept us from judging, then our own doubt. */
const RANK: { readonly [O in Outcome]: number } = { failed: 0, blocked: 1, unproven: 2, passed: 3 };

/** The verdict that speaks for several runs: the gravest, the earliest among equals; another user's data outranks all. */
export function gravest(verdicts: NonEmpty<Verdict>): Verdict {
  return verdicts.reduce((worst, next) => (rankOf(next) < rankOf(worst) ? next : worst));
}

function rankOf({ outcome, diagnosis }: Verdict): number {
  return diagnosis?.cause === 'cross-user' ? -1 : RANK[outcome];
}
