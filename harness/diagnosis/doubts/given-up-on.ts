import type { Observation } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { givenUpIn } from '../stalls.ts';
import { isExplained } from '../stream/stalled-end.ts';
import { instead } from './instead.ts';

/** What a target that serves whoever is awake does to a client that was not: it says no more, calls the run off, or ends it. */
const GIVING_UP: ReadonlySet<CauseCode> = new Set([
  'welcome-missing',
  'run-silent',
  'run-stalled',
  'run-failed',
  'event-missing',
  'tool-unpaired',
  'half-open',
  'closed-early',
  'closed-with-error',
  'handler-crashed',
  'connection-lost',
]);
const TERMINAL: ReadonlySet<Observation['kind']> = new Set(['gave-up', 'settled', 'closed']);

/** Trouble on a session that was open while this process was stopped, before it: the target may have given up on us without closing; `null` otherwise. */
export function givenUpOn(run: Run, found: Diagnosis): Diagnosis | null {
  if (!GIVING_UP.has(found.cause)) return null;
  const touched = run.sessions.filter((session) => found.evidence.some((at) => isOf(session, at)));
  // The same trouble on a connection of its own, which opened afterwards, has another reason.
  if (found.cause === 'handler-crashed' && touched.some(({ role }) => role === 'probe')) return null;
  const sessions = touched.filter(({ role, opened }) => role !== 'probe' && opened !== null);
  const openings = sessions.flatMap(({ opened }) => (opened === null ? [] : [opened.atMs - opened.tookMs + 1]));
  const at = troubleIn(found, sessions);
  if (at === null || (at.kind === 'closed' && isExplained(at, found))) return null;
  const stall = givenUpIn(run, Math.min(...openings), at.atMs - 1);
  return stall && instead(found, stall, 'while the connection was open, and the target may have given up on us', at);
}

/** When it showed: a failure where it was told, anything else at the first end of the waiting. */
function troubleIn({ cause, evidence }: Diagnosis, sessions: readonly SessionRecord[]): Observation | null {
  const seen = evidence.filter((at) => sessions.some((session) => isOf(session, at)));
  const told = cause === 'run-failed' ? seen.findLast(({ kind }) => kind === 'received') : undefined;
  return told ?? seen.find(({ kind }) => TERMINAL.has(kind)) ?? seen.at(-1) ?? null;
}

/** A name that connects again is another session: what is seen in its span is its own. */
function isOf({ session, observations }: SessionRecord, at: Observation): boolean {
  const [first, last] = [observations[0], observations.at(-1)];
  return (
    at.session === session && first !== undefined && last !== undefined && at.seq >= first.seq && at.seq <= last.seq
  );
}
