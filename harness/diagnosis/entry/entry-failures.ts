import type { Ruled } from '../../judge/rule.ts';
import { type Answer, type Observation, OWN_CODES, type Seen, type Trouble } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';
import { refusedOnPurpose } from '../expected.ts';
import { probesOf } from '../follow-ups.ts';
import { interruptionOf } from '../interruption.ts';

/** Why somebody did not get in, and no later try made good: an answer, or trouble underneath it. */
export type EntryFailure = {
  readonly at: Seen<'probed' | 'refused' | 'failed'>;
  /** How many times it was dialled. */
  readonly attempts: number;
} & (
  | { readonly answer: Answer; readonly trouble: Trouble | null }
  | { readonly answer: null; readonly trouble: Trouble }
);

/** What kept the ladder and the users from getting in, in the order of time. Only the last attempt of a dial counts. */
export function entryFailures(run: Run, ruled: readonly Ruled[]): readonly EntryFailure[] {
  const onPurpose = refusedOnPurpose(run, ruled);
  const dials = run.sessions
    .filter(({ role, session }) => role !== 'probe' && !onPurpose.has(session))
    .map((session) => ({ session, failure: lastDialFailure(session) }))
    .flatMap(({ session, failure }) => (failure && !openedLater(run, session, failure.at.seq) ? [failure] : []));
  const interrupted = interruptionOf(run);
  return [...dials, ...brokenRungs(run)]
    .filter(
      ({ at, trouble }) => interrupted === null || at.seq < interrupted.seq || trouble?.code !== OWN_CODES.deadline,
    )
    .sort((a, b) => a.at.seq - b.at.seq);
}

function lastDialFailure({ observations }: SessionRecord): EntryFailure | null {
  const last = observations.findLast(({ kind }) => kind === 'opened' || kind === 'refused' || kind === 'failed');
  if (last?.kind === 'refused') return { at: last, answer: last.answer, trouble: null, attempts: last.attempt };
  if (last?.kind === 'failed') return { at: last, answer: null, trouble: last, attempts: last.attempt };
  return null;
}

/** A later connection of the same persona makes good; for the ladder any user's does. */
function openedLater(run: Run, { role, persona }: SessionRecord, seq: number): boolean {
  return run.sessions.some(
    (other) =>
      other.opened !== null &&
      other.opened.seq > seq &&
      other.role !== 'probe' &&
      (role === 'ladder' || other.persona === persona),
  );
}

function brokenRungs(run: Run): readonly EntryFailure[] {
  const rungs = probesOf(run, 'rung');
  const broken = rungs.filter(
    (rung) => !rung.ok && isEntry(rung) && !rungs.some((later) => makesGood(later, rung) || isTriedAgain(later, rung)),
  );
  return broken
    .filter((rung) => rung.rung === 'credentials' || !run.users.some(({ opened }) => isAfter(opened, rung)))
    .map(failureOf);
}

function failureOf(at: Seen<'probed'>): EntryFailure {
  const { answer, trouble, rung } = at;
  const common = { at, attempts: attemptsOf(at) };
  if (answer !== null) return { ...common, answer, trouble };
  return { ...common, answer, trouble: trouble ?? { phase: rung, code: OWN_CODES.unknown, message: '' } };
}

/** Dialled again in the same climb: the later try speaks for both. */
function isTriedAgain(later: Seen<'probed'>, broken: Seen<'probed'>): boolean {
  if (attemptsOf(later) < 2 || later.rung === 'upgrade') return false;
  return later.seq > broken.seq && later.rung === broken.rung && later.session === broken.session;
}

function attemptsOf({ facts }: Seen<'probed'>): number {
  return typeof facts.attempts === 'number' ? facts.attempts : 1;
}

/** An answer of the health endpoint, good or bad, keeps nobody out; the welcome is judged on the open socket. */
function isEntry({ rung, answer, trouble }: Seen<'probed'>): boolean {
  return rung !== 'welcome' && (rung !== 'health' || (answer === null && trouble !== null));
}

function makesGood(later: Seen<'probed'>, broken: Seen<'probed'>): boolean {
  if (!later.ok || later.rung !== broken.rung || later.seq < broken.seq) return false;
  return later.rung !== 'credentials' || later.session === broken.session;
}

function isAfter(seen: Observation | null, other: Observation): boolean {
  return seen !== null && seen.seq > other.seq;
}
