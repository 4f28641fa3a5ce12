import { levelOf, type Ruled } from '../../judge/rule.ts';
import { type NonEmpty, nonEmpty } from '../../kernel/list.ts';
import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';

/** What proves that the run passed: the evidence of its MUST rules, or of all rungs where it is a ladder alone. `null`: it did not. */
export function proofOf(run: Run, ruled: readonly Ruled[]): NonEmpty<Observation> | null {
  return run.header.rules.length === 0 ? ladderProof(run) : rulesProof(ruled);
}

/** Every applicable MUST was judged and kept, and at least one had something to look at. */
function rulesProof(ruled: readonly Ruled[]): NonEmpty<Observation> | null {
  const musts = ruled.filter(({ rule }) => levelOf(rule) === 'MUST').map(({ ruling }) => ruling);
  if (musts.some(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive')) return null;
  return distinct(musts.flatMap((ruling) => (ruling.outcome === 'pass' ? ruling.evidence : [])));
}

/** All rungs hold (the last try of each counts; a health answer that is bad breaks nothing) and the welcome was reached. */
function ladderProof(run: Run): NonEmpty<Observation> | null {
  const last = [...new Map(rungsOf(run).map((rung) => [rung.rung, rung])).values()];
  const reached = run.sessions.find(({ role, welcomed }) => role === 'ladder' && welcomed !== null)?.welcomed ?? null;
  const welcome = last.some(({ rung, ok }) => rung === 'welcome' && ok);
  if (!last.every(holds) || !(welcome || (reached !== null && last.length > 0))) return null;
  return distinct(reached === null ? last : [...last, reached.at]);
}

/** What the ladder found, rung by rung. */
export function rungsOf(run: Run): readonly Seen<'probed'>[] {
  return run.observations.filter((seen) => seen.kind === 'probed').filter(({ probe }) => probe === 'rung');
}

function holds({ ok, rung, answer }: Seen<'probed'>): boolean {
  return ok || (rung === 'health' && answer !== null);
}

function distinct(observations: readonly Observation[]): NonEmpty<Observation> | null {
  const bySeq = new Map(observations.map((seen) => [seen.seq, seen]));
  return nonEmpty([...bySeq.values()].sort((a, b) => a.seq - b.seq));
}
