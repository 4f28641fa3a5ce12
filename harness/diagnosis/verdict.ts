import type { Ruled } from '../judge/rule.ts';
import type { NonEmpty } from '../kernel/list.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Diagnosis } from './diagnosis.ts';

/** The exit code of each outcome (CLI contract); 64 is wrong usage, 130 an interrupt. */
export const EXIT_CODES = { passed: 0, failed: 1, blocked: 2, unproven: 3 } as const;

export type Outcome = keyof typeof EXIT_CODES;

/** The gravest of what the rules and the diagnosis say. A pass without evidence does not compile. */
export type Verdict = {
  readonly rulings: readonly Ruled[];
  /** How many times a user's or the ladder's connection was dialled, at most, for one to open. */
  readonly attempts: number;
  /** It passed, but only after a failed try. */
  readonly flaky: boolean;
} & (
  | { readonly outcome: 'passed'; readonly evidence: NonEmpty<Observation>; readonly diagnosis: null }
  | { readonly outcome: 'failed'; readonly diagnosis: Diagnosis & { readonly domain: 'application' } }
  | { readonly outcome: 'blocked'; readonly diagnosis: Diagnosis & { readonly domain: 'infrastructure' } }
  | { readonly outcome: 'unproven'; readonly diagnosis: Diagnosis & { readonly domain: 'harness' } }
);
