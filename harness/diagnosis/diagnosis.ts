import type { NonEmpty } from '../kernel/list.ts';
import type { Observation, Phase } from '../timeline/observation.ts';
import type { CauseCode, Domain } from './causes.ts';

/** Who gave the answer that the diagnosis rests on; who is at fault is `domain`, and the two differ often. */
export type Answerer = 'none' | 'client' | 'network' | 'edge' | 'platform' | 'server' | 'app';

export type Confidence = 'certain' | 'likely' | 'ambiguous';

/** Another cause that fits what was seen, and the check that would decide. */
export type Rival = { readonly cause: CauseCode | 'no-tool-chosen'; readonly check: string };

/** What kept the run from passing, whose it is, and what that rests on. */
export type Diagnosis = {
  readonly domain: Domain;
  readonly cause: CauseCode;
  readonly phase: Phase;
  readonly answeredBy: Answerer;
  readonly confidence: Confidence;
  readonly rivals: readonly Rival[];
  /** One sentence with the values that were seen. */
  readonly summary: string;
  /** What to do next. */
  readonly hint: string;
  readonly evidence: NonEmpty<Observation>;
};
