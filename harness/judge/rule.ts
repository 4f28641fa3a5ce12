import type { NonEmpty } from '../kernel/list.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** One broken promise: what was expected, what was there instead, and the observations (by `seq`) that show it. */
export type Violation = { readonly expected: string; readonly actual: string; readonly at: readonly number[] };

/** What a rule says of a run. A pass must cite what it looked at; nothing judged is never green. */
export type Ruling =
  | { readonly outcome: 'pass'; readonly evidence: NonEmpty<Observation> }
  | { readonly outcome: 'fail'; readonly violations: NonEmpty<Violation> }
  | { readonly outcome: 'inconclusive'; readonly reason: string }
  /** Declared before the run by the scenario or the profile, never inferred from what arrived. */
  | { readonly outcome: 'not-applicable'; readonly reason: string };

export type Level = 'MUST' | 'SHOULD';

/** A promise that a target keeps or breaks. Pure: it sees the run and nothing else. */
export type Rule = {
  readonly id: `${string}/${string}`;
  readonly statement: `${Level} ${string}`;
  /** Why a user would care, in one sentence. */
  readonly because: string;
  readonly judge: (run: Run) => Ruling;
};

/** The level that a rule's statement begins with. */
export function levelOf(rule: Rule): Level {
  return rule.statement.startsWith('MUST') ? 'MUST' : 'SHOULD';
}

/** A ruling beside the rule that made it. */
export type Ruled = { readonly rule: Rule; readonly ruling: Ruling };
