import type { Ruled } from '../judge/rule.ts';
import type { Run } from '../timeline/run.ts';
import type { Diagnosis } from './diagnosis.ts';
import { entry } from './entry/entry.ts';
import type { Family } from './family.ts';
import { ownTrouble } from './own-trouble.ts';
import { brokenPromises, crossUser } from './promises/broken-promises.ts';
import { fakedRun } from './promises/faked-run.ts';
import { proofOf } from './promises/kept.ts';
import { nothingJudged } from './promises/nothing-judged.ts';
import { brokenFrame } from './stream/broken-frame.ts';
import { closeFrame } from './stream/close-frame.ts';
import { noWelcome } from './stream/no-welcome.ts';
import { silence } from './stream/silence.ts';
import { spokenError } from './stream/spoken-error.ts';
import { torn } from './stream/torn.ts';

/** What keeps a run from passing even where every promise seems kept. */
const ALWAYS: readonly Family[] = [crossUser, ownTrouble];
/** What explains why promises were not kept: the first that finds something explains what comes after it. */
const EXPLANATIONS: readonly Family[] = [
  entry,
  spokenError,
  closeFrame,
  torn,
  brokenFrame,
  silence,
  noWelcome,
  fakedRun,
  brokenPromises,
  nothingJudged,
];

/** What kept this run from passing, whose it is, and what that rests on; `null` where it passed. Total: it never throws. */
export function diagnose(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const families = proofOf(run, ruled) === null ? [...ALWAYS, ...EXPLANATIONS] : [...ALWAYS, fakedRun];
  for (const family of families) {
    const diagnosis = family(run, ruled);
    if (diagnosis !== null) return diagnosis;
  }
  return null;
}
