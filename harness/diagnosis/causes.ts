import type { Phase } from '../timeline/observation.ts';
import { APPLICATION_CAUSES } from './causes/application.ts';
import { HARNESS_CAUSES } from './causes/harness.ts';
import { INFRASTRUCTURE_CAUSES } from './causes/infrastructure.ts';

/** Whose trouble it is. */
export type Domain = 'infrastructure' | 'application' | 'harness';

/** When it is fair to try again: never, before a request has been sent, or only as a new run. */
export type Retry = 'never' | 'before-send' | 'new-run-only';

/** One entry of the registry: what a code means, whose it is unless the evidence says otherwise, and what to do. */
export type Cause = {
  readonly domain: Domain;
  /** Where it usually strikes; `null`: anywhere. */
  readonly phase: Phase | null;
  readonly retry: Retry;
  /** What the code means, as a sentence about the world. */
  readonly sentence: string;
  /** What to do next. */
  readonly hint: string;
};

/** Every cause that a diagnosis can name, in one file per domain. */
export const CAUSES = {
  ...HARNESS_CAUSES,
  ...INFRASTRUCTURE_CAUSES,
  ...APPLICATION_CAUSES,
} as const satisfies { readonly [code: string]: Cause };

export type CauseCode = keyof typeof CAUSES;

/** All codes, in the order of the registry. */
export const CAUSE_CODES = Object.keys(CAUSES) as readonly CauseCode[];
