import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { isTraffic } from '../../timeline/traffic.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { instead } from '../doubts/instead.ts';
import { GIVEN_UP_MS, longestStall, type Stall } from '../stalls.ts';
import type { Standing } from './standing.ts';

/** What waited for us while we were stopped arrives all at once; so long after a stall, what arrives may have waited. */
const DRAIN_MS = 250;
/** Ends that a peer who has given up on us does not explain: whoever made them names another reason. */
const EXPLAINED: ReadonlySet<CauseCode> = new Set([
  'harness-stalled',
  'credentials-refused',
  'auth-service-unavailable',
  'clock-skew',
  'not-ready',
  'connection-limit',
  'origin-refused',
]);
/** Complaints about what we sent (not one of them is about when), and what a peer says of itself: restart, overload, its own gateway. */
const SELF_EXPLAINED = new Set([1002, 1003, 1007, 1009, 1010, 1012, 1013, 1014]);

/** A stall of ours of at least `leastMs` between the last sign of either side and the end; it may have begun while we dialled. */
export function stallBefore(run: Run, { session, opened }: Standing, end: Observation, leastMs: number): Stall | null {
  const last = session.observations.findLast((seen) => seen.seq < end.seq && isTraffic(seen)) ?? opened;
  const stall = longestStall(run, Math.max(opened.atMs - opened.tookMs + 1, last.atMs - DRAIN_MS), end.atMs);
  return stall !== null && stall.lateByMs >= leastMs ? stall : null;
}

/**
 * The diagnosis of an end that came while this process was stopped, or just after: the peer's keepalive may have given
 * up on us, so the end is likely ours and `found` its rival.
 */
export function unlessStalled(
  run: Run,
  standing: Standing,
  end: Seen<'closed' | 'received'>,
  found: Diagnosis,
): Diagnosis {
  if (isExplained(end, found)) return found;
  const stall = stallBefore(run, standing, end, GIVEN_UP_MS);
  if (stall === null || (found.cause === 'idle-cut' && isSlight(stall, standing, end))) return found;
  const when = end.kind === 'closed' ? 'when the connection ended' : 'when that was said';
  return instead(found, stall, `${when}, and the target may have given up on us`, end);
}

/** Whether whoever ended it named another reason than our being late, by what was found or by the code of the close. */
export function isExplained(end: Seen<'closed' | 'received'>, { cause, rivals }: Diagnosis): boolean {
  if (EXPLAINED.has(cause)) return true;
  return end.kind === 'closed' && (SELF_EXPLAINED.has(end.code) || isAboutToken(end.code, rivals));
}

/** A code of the application's own that may well be about our token. */
function isAboutToken(code: number, rivals: readonly Rival[]): boolean {
  return code >= 3000 && rivals.some(({ cause }) => cause === 'credentials-refused');
}

/** A limit that would have cut the connection without our stall as well. */
function isSlight({ lateByMs }: Stall, { session, opened }: Standing, end: Observation): boolean {
  const arrived = session.frames.at(-1)?.at ?? opened;
  return lateByMs < (end.atMs - arrived.atMs) / 2;
}
