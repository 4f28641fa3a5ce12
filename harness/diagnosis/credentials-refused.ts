import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { Domain } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisOf, type Finding } from './finding.ts';
import { spanOf } from './place.ts';

/** How far a token may be issued ahead of the target's clock: what the known validator tolerates. */
const ISSUED_AHEAD_MS = 60_000;

/** A refusal of our token: ours if we made it or were given it, the application's if its own auth service issued it. */
export function credentialsRefused(run: Run, finding: Omit<Finding, 'cause' | 'domain'>): Diagnosis {
  const { authMode } = run.header;
  const domain: Domain =
    authMode === 'simulate' || authMode === 'login' || authMode === 'dev-login' ? 'application' : 'harness';
  const ownWord =
    domain === 'application'
      ? "the target's own auth service issued this token: see whether backend and auth service share secret, issuer and audience"
      : null;
  const absent =
    authMode === 'none' ? 'the target wants a token: choose an AGENT_EVENTS_AUTH_MODE other than none' : null;
  const hint = finding.hint ?? ownWord ?? absent;
  return diagnosisOf({ ...finding, cause: 'credentials-refused', domain, ...(hint === null ? {} : { hint }) });
}

/**
 * The finding that clocks differ so much that our token is not valid at the target, by the `Date` of its answer
 * (one-second resolution); `null` where the token is valid by both clocks, or the answer has no date.
 */
export function skewOf(
  run: Run,
  at: Observation,
  date: string | undefined,
): Pick<Finding, 'cause' | 'confidence' | 'summary'> | null {
  const theirsMs = Date.parse(date ?? '');
  const oursMs = wallOf(run, at);
  const token = run.observations.findLast((seen) => seen.kind === 'credentialed' && seen.seq < at.seq) as
    | Seen<'credentialed'>
    | undefined;
  if (Number.isNaN(theirsMs) || Number.isNaN(oursMs) || token === undefined) return null;
  const aheadMs = theirsMs - oursMs;
  const expiredThere = token.expiresAtMs !== null && theirsMs >= token.expiresAtMs && oursMs < token.expiresAtMs;
  const fromTheFuture = token.source === 'mint' && theirsMs < wallOf(run, token) - ISSUED_AHEAD_MS;
  if (!expiredThere && !fromTheFuture) return null;
  const words = `${spanOf(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`;
  const token_ = expiredThere ? 'already expired' : 'not valid yet';
  return {
    cause: 'clock-skew',
    confidence: 'certain',
    summary: `the clock of the target is ${words}, where our token is ${token_}`,
  };
}

/** Milliseconds since the epoch, by our own wall clock, of an observation. */
function wallOf({ header }: Run, { atMs }: Observation): number {
  return Date.parse(header.startedAt) + (atMs - header.startedAtMs);
}
