import type { Ruled } from '../judge/rule.ts';
import { nonEmpty } from '../kernel/list.ts';
import type { Run } from '../timeline/run.ts';
import { withAgentBeside } from './agent-beside.ts';
import type { Diagnosis } from './diagnosis.ts';
import { unlessOurs } from './doubts/self-doubt.ts';
import { besides } from './entry/besides.ts';
import { brokenLogin } from './entry/broken-login.ts';
import { type Entered, entry } from './entry/entry.ts';
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
import { toldOfAll } from './told-of-all.ts';
import type { Found } from './weigh.ts';

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
  if (troubled !== null) return toldOfAll(run, troubled);
  const broken = firstOf([fakedRun, brokenPromises], run, ruled);
  if (broken === null) return nothingJudged(run, ruled);
  const doubted = unlessOurs(run, broken);
  const whole = unlessContent({ run, ruled }, doubted);
  return toldOfAll(run, [{ diagnosis: whole, isTrouble: false, persona: null }, ...foundApart(run, ruled)]);
}

/** What was broken to each user for themselves: whose connection our own lateness did not touch is judged as ever. */
function foundApart(
  run: Run,
  ruled: readonly Ruled[],
  except: ReadonlySet<string | null> = new Set(),
): readonly Found[] {
  const askers = run.users.filter(({ turns }) => turns.length > 0).map(({ persona }) => persona);
  const personas = new Set(askers.filter((persona) => !except.has(persona)));
  return [...personas].flatMap((persona): Found[] => {
    const one = brokenApart(partOf(run, ruled, persona));
    return one ? [{ diagnosis: unlessOurs(run, one), isTrouble: false, persona }] : [];
  });
}

/** What took away the chance to keep promises. */
type Trouble = {
  readonly diagnosis: Diagnosis;
  /** Whose connection it was, where it was one that had opened. */
  readonly persona: string | null;
  /** The user whom it kept out or whose connection it was, and what is told of it beside another's. */
  readonly user?: string | null;
  readonly aside?: string;
};

/** What is to be weighed where anybody had trouble: that of each, and what was broken to those who had none. */
function foundWithEach(run: Run, ruled: readonly Ruled[]): readonly Found[] {
  const troubles = troublesOf(run, ruled);
  if (troubles.length === 0) return [];
  const troubled = troubles.map(({ diagnosis, persona, user = null, aside }): Found => {
    const found = unlessContent(partOf(run, ruled, persona), unlessOurs(run, diagnosis));
    const isItself = found.cause === diagnosis.cause;
    return { diagnosis: found, isTrouble: true, persona: user, aside: isItself ? aside : undefined };
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
    return [withBesides(run, { diagnosis, at: standing.opened }, standing.session.persona)];
  });
  if (entered !== null) return [withBesides(run, entered, null), ...troubles];
  const untried = troubles.length === 0 ? untriedToken(run, ruled) : null;
  return untried === null ? troubles : [{ diagnosis: untried, persona: null }];
}

function withBesides(run: Run, { diagnosis, at }: Entered, persona: string | null): Trouble {
  const aside = diagnosis.summary;
  const user = run.users.find(({ session }) => session === at.session)?.persona ?? null;
  return { diagnosis: { ...diagnosis, summary: `${aside}${besides(run, at, aside)}` }, persona, user, aside };
}

function firstOf(families: readonly Family[], run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  for (const family of families) {
    const diagnosis = family(run, ruled);
    if (diagnosis !== null) return diagnosis;
  }
  return null;
}
