import type { Ruled } from '../../judge/rule.ts';
import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { spanOf } from '../place.ts';
import { brokenContent } from '../promises/broken-content.ts';
import { longestStall, type Stall } from '../stalls.ts';
import type { Standing } from './standing.ts';

/** How long we have to be late before a server can have given up on us. */
export const GIVEN_UP_MS = 1000;
/** What waited for us while we were stopped arrives all at once; so long after a stall, what arrives may have waited. */
const DRAIN_MS = 250;
const TRAFFIC: ReadonlySet<Observation['kind']> = new Set([
  'opened',
  'sent',
  'received',
  'received-binary',
  'pinged',
  'ponged',
  'was-pinged',
]);
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
/** Complaints about what we sent: not one of them is about when. */
const COMPLAINTS = new Set([1002, 1003, 1007, 1009, 1010]);

/** A stall of ours of at least `leastMs` between the last sign of either side and the end. */
export function stallBefore(
  run: Run,
  { session, opened }: Standing,
  end: Seen<'closed'>,
  leastMs: number,
): Stall | null {
  const last = session.observations.findLast(({ kind, seq }) => seq < end.seq && TRAFFIC.has(kind)) ?? opened;
  const stall = longestStall(run, Math.max(opened.atMs, last.atMs - DRAIN_MS), end.atMs);
  return stall !== null && stall.lateByMs >= leastMs ? stall : null;
}

/**
 * The diagnosis of an end that came while this process was stopped, or just after: the peer's keepalive may have given
 * up on us, so the end is likely ours and `found` its rival. What the target broke by then stays broken.
 */
export function unlessStalled(
  run: Run,
  ruled: readonly Ruled[],
  standing: Standing,
  end: Seen<'closed'>,
  found: Diagnosis,
): Diagnosis {
  if (isExplained(end, found)) return found;
  const stall = stallBefore(run, standing, end, GIVEN_UP_MS);
  if (stall === null || (found.cause === 'idle-cut' && isSlight(stall, standing, end))) return found;
  const stalled = diagnosisOf({
    cause: 'harness-stalled',
    phase: found.phase,
    answeredBy: 'client',
    confidence: 'likely',
    rivals: [
      {
        cause: found.cause,
        check: 'does the same run end so again while this process is on time (a machine with free CPU)?',
      },
    ],
    summary: `this process was late by ${spanOf(stall.lateByMs)} itself when the connection ended, and the target may have given up on us: ${found.summary}`,
    evidence: evidenceOf(end, stall.at, ...found.evidence),
  });
  return brokenContent(run, ruled) ?? stalled;
}

function isExplained({ code, how }: Seen<'closed'>, { cause, rivals }: Diagnosis): boolean {
  if (EXPLAINED.has(cause)) return true;
  if (how !== 'frame') return false;
  return COMPLAINTS.has(code) || (code >= 3000 && rivals.some((rival) => rival.cause === 'credentials-refused'));
}

/** A limit that would have cut the connection without our stall as well. */
function isSlight({ lateByMs }: Stall, { session, opened }: Standing, end: Seen<'closed'>): boolean {
  const arrived = session.observations.findLast(({ kind, seq }) => seq < end.seq && kind === 'received') ?? opened;
  return lateByMs < (end.atMs - arrived.atMs) / 2;
}
