import type { Ruled } from '../../judge/rule.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { unlessLate } from '../doubts/late-request.ts';
import { credentialsRung } from './credentials-rung.ts';
import { type EntryFailure, entryFailures } from './entry-failures.ts';
import { failedDial } from './failed-dial.ts';
import { refusedUpgrade } from './refused-upgrade.ts';
import { unlessShutOut } from './shut-out.ts';

/** What is ours and explains nobody else's failure. */
const NEVER_FIRST: ReadonlySet<CauseCode> = new Set(['credentials-refused', 'harness-stalled']);

/** Why somebody never got in, and where that was seen. */
export type Entered = { readonly diagnosis: Diagnosis; readonly at: Observation };

/** Why the ladder or a user never got in: trouble of our own before theirs, then the earliest; `null` where everybody did. */
export function entry(run: Run, ruled: readonly Ruled[]): Entered | null {
  const found = entryFailures(run, ruled).map((failure) => ({
    diagnosis: unlessShutOut(run, failure, unlessLate(run, failure, diagnosisOfFailure(run, failure))),
    at: failure.at,
  }));
  const own = found.find(({ diagnosis: { cause } }) => CAUSES[cause].domain === 'harness' && !NEVER_FIRST.has(cause));
  return own ?? found.find(({ diagnosis }) => diagnosis.cause !== 'harness-stalled') ?? found[0] ?? null;
}

function diagnosisOfFailure(run: Run, failure: EntryFailure): Diagnosis {
  if (failure.at.kind === 'probed' && failure.at.rung === 'credentials') return credentialsRung(run, failure.at);
  if (failure.answer !== null) return refusedUpgrade(run, failure, failure.answer);
  return failedDial(run, failure);
}
