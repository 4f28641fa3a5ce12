import type { Run } from '../../timeline/run.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { unlessLate } from '../doubts/late-request.ts';
import type { Family } from '../family.ts';
import { besides } from './besides.ts';
import { credentialsRung } from './credentials-rung.ts';
import { type EntryFailure, entryFailures } from './entry-failures.ts';
import { failedDial } from './failed-dial.ts';
import { refusedUpgrade } from './refused-upgrade.ts';
import { unlessShutOut } from './shut-out.ts';

/** What is ours and explains nobody else's failure. */
const NEVER_FIRST: ReadonlySet<CauseCode> = new Set(['credentials-refused', 'harness-stalled']);

/** Why the ladder or a user never got in: trouble of our own before theirs, then the earliest. */
export const entry: Family = (run, ruled) => {
  const found = entryFailures(run, ruled).map((failure) => {
    const diagnosis = unlessShutOut(run, failure, unlessLate(run, failure, diagnosisOfFailure(run, failure)));
    return { ...diagnosis, summary: `${diagnosis.summary}${besides(run, failure.at, diagnosis.summary)}` };
  });
  const own = found.find(({ cause }) => CAUSES[cause].domain === 'harness' && !NEVER_FIRST.has(cause));
  return own ?? found.find(({ cause }) => cause !== 'harness-stalled') ?? found[0] ?? null;
};

function diagnosisOfFailure(run: Run, failure: EntryFailure): Diagnosis {
  if (failure.at.kind === 'probed' && failure.at.rung === 'credentials') return credentialsRung(run, failure.at);
  if (failure.answer !== null) return refusedUpgrade(run, failure, failure.answer);
  return failedDial(run, failure);
}
