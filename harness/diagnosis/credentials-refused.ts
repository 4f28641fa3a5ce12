import type { AuthMode, Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { Domain } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisOf, type Finding } from './finding.ts';
import { spanOf } from './place.ts';

/** How far a token may be issued ahead of the target's clock: what the known validator tolerates. */
const ISSUED_AHEAD_MS = 60_000;

/** Ways of authenticating in which the target's own auth service issues the token. */
const ISSUED_BY_TARGET: ReadonlySet<AuthMode> = new Set(['simulate', 'login', 'dev-login']);

/** A refusal of our token: ours if we made it or were given it, the application's if its own auth service issued it. */
export function credentialsRefused(run: Run, finding: Omit<Finding, 'cause' | 'domain'>): Diagnosis {
  const domain: Domain = ISSUED_BY_TARGET.has(run.header.authMode) ? 'application' : 'harness';
  const hint = finding.hint ?? hintFor(run, finding.evidence[0], domain);
  return diagnosisOf({ ...finding, cause: 'credentials-refused', domain, ...(hint === null ? {} : { hint }) });
}

function hintFor(run: Run, at: Observation, domain: Domain): string | null {
  const expiresAtMs = tokenBefore(run, at)?.expiresAtMs ?? null;
  if (expiresAtMs !== null && expiresAtMs <= wallOf(run, at))
    return 'the token had expired by our own clock before it was used: get a fresh one';
  if (domain === 'application')
    return "the target's own auth service issued this token: see whether backend and auth service share secret, issuer and audience";
  return run.header.authMode === 'none'
    ? 'the target wants a token: choose an AGENT_EVENTS_AUTH_MODE other than none'
    : null;
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
  const token = tokenBefore(run, at);
  if (Number.isNaN(theirsMs) || Number.isNaN(oursMs) || token === null) return null;
  const aheadMs = theirsMs - oursMs;
  const isExpiredThere = token.expiresAtMs !== null && theirsMs >= token.expiresAtMs && oursMs < token.expiresAtMs;
  const isFromTheFuture = token.source === 'mint' && theirsMs < wallOf(run, token) - ISSUED_AHEAD_MS;
  if (!isExpiredThere && !isFromTheFuture) return null;
  const words = `${spanOf(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`;
  return {
    cause: 'clock-skew',
    confidence: 'certain',
    summary: `the clock of the target is ${words}, where our token is ${isExpiredThere ? 'already expired' : 'not valid yet'}`,
  };
}

/** The token that was in use at an observation: its session's own, else the newest of the run. */
function tokenBefore(run: Run, at: Observation): Seen<'credentialed'> | null {
  const tokens = run.observations.filter((seen) => seen.kind === 'credentialed').filter(({ seq }) => seq < at.seq);
  return tokens.findLast(({ session }) => session === at.session) ?? tokens.at(-1) ?? null;
}

/** Milliseconds since the epoch, by our own wall clock, of an observation. */
function wallOf({ header }: Run, { atMs }: Observation): number {
  return Date.parse(header.startedAt) + (atMs - header.startedAtMs);
}
