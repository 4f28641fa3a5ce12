import type { Ruled } from '../judge/rule.ts';
import { nonEmpty } from '../kernel/list.ts';
import type { Run } from '../timeline/run.ts';
import { withAgentBeside } from './agent-beside.ts';
import type { Diagnosis } from './diagnosis.ts';
import { unlessOurs } from './doubts/self-doubt.ts';
import { besides } from './entry/besides.ts';
import { brokenLogin } from './entry/broken-login.ts';
import { entry } from './entry/entry.ts';
import { slowLadder } from './entry/slow-ladder.ts';
import { untriedToken } from './entry/untried-token.ts';
import type { Family } from './family.ts';
import { ownTrouble, unknownBuild } from './own-trouble.ts';
import { brokenApart } from './promises/broken-apart.ts';
import { unlessContent } from './promises/broken-content.ts';
import { brokenPromises, crossUser } from './promises/broken-promises.ts';
import { fakedRun } from './promises/faked-run.ts';
import { proofOf } from './promises/kept.ts';
import { nothingJudged } from './promises/nothing-judged.ts';
import { partOf } from './promises/part-of.ts';
import { permissive } from './promises/permissive.ts';
import { standings } from './stream/standing.ts';
import { troubleOf } from './stream/trouble-of.ts';
import { type Found, weigh } from './weigh.ts';

/** What keeps a run from passing even where every promise seems kept. */
const ALWAYS: readonly Family[] = [crossUser, ownTrouble, permissive];

/** What kept this run from passing, whose it is, and what that rests on; `null` where it passed. Total: it never throws. */
export function diagnose(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const found = explained(run, ruled);
  return found === null ? null : withAgentBeside(run, found);
}

function explained(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const own = firstOf(ALWAYS, run, ruled);
  if (own !== null) return own;
  if (proofOf(run, ruled) !== null) return firstOf([unknownBuild, brokenLogin, fakedRun, slowLadder], run, ruled);
  const troubled = nonEmpty(foundWithEach(run, ruled));
  if (troubled !== null) return weigh(troubled);
  const broken = firstOf([fakedRun, brokenPromises], run, ruled);
  if (broken === null) return nothingJudged(run, ruled);
  const doubted = unlessOurs(run, broken);
  const whole = unlessContent({ run, ruled }, doubted);
  return weigh([{ diagnosis: whole, isTrouble: false }, ...foundApart(run, ruled)]);
}

/** What was broken to each user for themselves: whose connection our own lateness did not touch is judged as ever. */
function foundApart(
  run: Run,
  ruled: readonly Ruled[],
  except: ReadonlySet<string | null> = new Set(),
): readonly Found[] {
  const askers = run.users.filter(({ turns }) => turns.length > 0).map(({ persona }) => persona);
  const personas = new Set(askers.filter((persona) => !except.has(persona)));
  const apart = [...personas].map((persona) => brokenApart(partOf(run, ruled, persona)));
  return apart.flatMap((one): Found[] => (one ? [{ diagnosis: unlessOurs(run, one), isTrouble: false }] : []));
}

/** What took away the chance to keep promises; `persona`: whose connection it was, where it was one user's that had opened. */
type Trouble = { readonly diagnosis: Diagnosis; readonly persona: string | null };

/** What is to be weighed where anybody had trouble: that of each, and what was broken to those who had none. */
function foundWithEach(run: Run, ruled: readonly Ruled[]): readonly Found[] {
  const troubles = troublesOf(run, ruled);
  if (troubles.length === 0) return [];
  const troubled = troubles.map(({ diagnosis, persona }): Found => {
    const trouble = unlessOurs(run, diagnosis);
    return { diagnosis: unlessContent(partOf(run, ruled, persona), trouble), isTrouble: true };
  });
  const hit = new Set(troubles.map(({ persona }) => persona));
  return [...troubled, ...foundApart(run, ruled, hit)];
}

/** A build that nobody told is asked for before what an unknown build did. */
function troublesOf(run: Run, ruled: readonly Ruled[]): readonly Trouble[] {
  const entered = entry(run, ruled);
  const build = entered === null ? unknownBuild(run, ruled) : null;
  if (build !== null) return [{ diagnosis: build, persona: null }];
  const troubles = standings(run, ruled).flatMap((standing): Trouble[] => {
    const diagnosis = troubleOf(run, ruled, standing);
    if (diagnosis === null) return [];
    const summary = `${diagnosis.summary}${besides(run, standing.opened, diagnosis.summary)}`;
    return [{ diagnosis: { ...diagnosis, summary }, persona: standing.session.persona }];
  });
  if (entered !== null) return [{ diagnosis: entered, persona: null }, ...troubles];
  const untried = troubles.length === 0 ? untriedToken(run, ruled) : null;
  return untried === null ? troubles : [{ diagnosis: untried, persona: null }];
}

function firstOf(families: readonly Family[], run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  for (const family of families) {
    const diagnosis = family(run, ruled);
    if (diagnosis !== null) return diagnosis;
  }
  return null;
}
