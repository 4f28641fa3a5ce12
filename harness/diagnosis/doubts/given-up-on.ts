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
  const touched = run.sessions.filter(({ observations }) => found.evidence.some((at) => observations.includes(at)));
  // The same trouble on a connection of its own, which opened afterwards, has another reason.
  if (found.cause === 'handler-crashed' && touched.some(({ role }) => role === 'probe')) return null;
  const sessions = touched.filter(({ role }) => role !== 'probe');
  const openings = sessions.map(({ opened }) => opened).filter((opened) => opened !== null);
  const sinceMs = Math.min(...openings.map(({ atMs, tookMs }) => atMs - tookMs + 1));
  const at = troubleIn(found, sessions);
  if (at === null || (at.kind === 'closed' && isExplained(at, found))) return null;
  const stall = givenUpIn(run, sinceMs, at.atMs - 1);
  return stall && instead(found, stall, 'while the connection was open, and the target may have given up on us', at);
}

/** When it showed: a failure where it was told, anything else at the first end of the waiting. */
function troubleIn({ cause, evidence }: Diagnosis, sessions: readonly SessionRecord[]): Observation | null {
  const seen = evidence.filter((at) => sessions.some(({ observations }) => observations.includes(at)));
  const told = cause === 'run-failed' ? seen.findLast(({ kind }) => kind === 'received') : undefined;
  return told ?? seen.find(({ kind }) => TERMINAL.has(kind)) ?? seen.at(-1) ?? null;
}
