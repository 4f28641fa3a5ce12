import { OWN_CODES } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { EntryFailure } from '../entry/entry-failures.ts';
import { GIVEN_UP_MS, givenUpIn } from '../stalls.ts';
import { instead } from './instead.ts';

/** What a server, or a proxy before it, answers to a request that comes too late. */
const TOO_LATE: ReadonlySet<number> = new Set([408, 504]);
/** How a connection ends that somebody gave up: the peer, the network, or a timer of our own libraries. */
const GIVEN_UP = /ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|HANG_UP|TLS_EOF|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT/;

/** Timers of this very process: our own deadlines, and Node's for one of several addresses (250 ms by default). */
const OWN_TIMER = /ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/;
/** How late we have to be before a timer of our own can have fired for that alone. */
const OWN_TIMER_MS = 150;

/** `found`, unless this process was stopped while it dialled or asked, and the peer may have given up on us for that. */
export function unlessLate(run: Run, failure: EntryFailure, found: Diagnosis): Diagnosis {
  const { at } = failure;
  if (found.domain === 'harness') return found;
  const stall = givenUpIn(run, beganAt(run, at), at.atMs, isOwnTimer(failure) ? OWN_TIMER_MS : GIVEN_UP_MS);
  if (stall === null || !isImpatience(failure)) return found;
  if (failure.trouble?.code === OWN_CODES.deadline && at.tookMs - stall.lateByMs > limitMs(run, found)) return found;
  return instead(found, stall, `while it waited at ${found.phase}`, at);
}

/** Whether somebody gave up waiting, where anybody who was not waiting for us would have said something else. */
export function isImpatience({ answer, trouble }: Pick<EntryFailure, 'answer' | 'trouble'>): boolean {
  if (answer !== null) return TOO_LATE.has(answer.status);
  return trouble === null || trouble.code === OWN_CODES.deadline || GIVEN_UP.test(`${trouble.code} ${trouble.message}`);
}

function isOwnTimer({ trouble }: EntryFailure): boolean {
  return (
    trouble !== null && (trouble.code === OWN_CODES.deadline || OWN_TIMER.test(`${trouble.code} ${trouble.message}`))
  );
}

/** The time on the way to a refusal says nothing of the time in which its body came. */
function beganAt(run: Run, at: EntryFailure['at']): number {
  const dialled = run.observations.findLast(
    ({ kind, session, seq }) => at.kind !== 'probed' && kind === 'dialled' && session === at.session && seq < at.seq,
  );
  return dialled?.atMs ?? at.atMs - at.tookMs;
}

function limitMs({ header }: Run, { phase }: Diagnosis): number {
  return header.budgets[phase === 'credentials' ? 'credentials' : 'connect'].maxMs;
}
