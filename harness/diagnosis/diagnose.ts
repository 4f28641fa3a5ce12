import type { Ruled } from '../judge/rule.ts';
import type { Run } from '../timeline/run.ts';
import { withAgentBeside } from './agent-beside.ts';
import type { Diagnosis } from './diagnosis.ts';
import { unlessOurs } from './doubts/self-doubt.ts';
import { entry } from './entry/entry.ts';
import { slowLadder } from './entry/slow-ladder.ts';
import { untriedToken } from './entry/untried-token.ts';
import type { Family } from './family.ts';
import { ownTrouble, unknownBuild } from './own-trouble.ts';
import { brokenApart } from './promises/apart.ts';
import { brokenPromises, crossUser } from './promises/broken-promises.ts';
import { fakedRun } from './promises/faked-run.ts';
import { proofOf } from './promises/kept.ts';
import { nothingJudged } from './promises/nothing-judged.ts';
import { permissive } from './promises/permissive.ts';
import { brokenFrame } from './stream/broken-frame.ts';
import { closeFrame } from './stream/close-frame.ts';
import { noWelcome } from './stream/no-welcome.ts';
import { ownCut } from './stream/own-cut.ts';
import { silence } from './stream/silence.ts';
import { spokenError } from './stream/spoken-error.ts';
import { torn } from './stream/torn.ts';

/** What keeps a run from passing even where every promise seems kept. */
const ALWAYS: readonly Family[] = [crossUser, ownTrouble, permissive];
/** What took away the chance to keep promises: the first that finds something explains what comes after it. */
const TROUBLE: readonly Family[] = [
  entry,
  unknownBuild,
  spokenError,
  closeFrame,
  torn,
  brokenFrame,
  ownCut,
  silence,
  noWelcome,
  untriedToken,
];

/** What kept this run from passing, whose it is, and what that rests on; `null` where it passed. Total: it never throws. */
export function diagnose(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const found = explained(run, ruled);
  return found === null ? null : withAgentBeside(run, found);
}

function explained(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const own = firstOf(ALWAYS, run, ruled);
  if (own !== null) return own;
  if (proofOf(run, ruled) !== null) return firstOf([unknownBuild, fakedRun, slowLadder], run, ruled);
  const trouble = firstOf(TROUBLE, run, ruled);
  if (trouble !== null) {
    const likely = unlessOurs(run, ruled, trouble);
    return brokenApart(run, ruled, likely) ?? likely;
  }
  const broken = firstOf([fakedRun, brokenPromises], run, ruled);
  return broken === null ? nothingJudged(run, ruled) : unlessOurs(run, ruled, broken);
}

function firstOf(families: readonly Family[], run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  for (const family of families) {
    const diagnosis = family(run, ruled);
    if (diagnosis !== null) return diagnosis;
  }
  return null;
}
