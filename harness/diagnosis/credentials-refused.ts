import type { Answer, AuthMode, Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { Domain } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisOf, type Finding } from './finding.ts';
import { followUp } from './follow-ups.ts';
import { spanOf } from './place.ts';
import { tokenInUse } from './token-in-use.ts';
import { isEarly, isExpired } from './token-life.ts';
import { wallOf } from './wall-of.ts';
import { refusedWithoutToken } from './without-token.ts';

/** How far a token may be issued ahead of the target's clock: what the known validator tolerates. */
const ISSUED_AHEAD_MS = 60_000;

/** Ways of authenticating in which the target's own auth service issues the token. */
const ISSUED_BY_TARGET: ReadonlySet<AuthMode> = new Set(['simulate', 'login', 'dev-login']);

/**
 * A refusal of the token that a session travelled with: ours if we made it or were given it, the application's if its
 * own auth service issued it. Without any token it is ours, or the login's that had to give one.
 */
export function credentialsRefused(run: Run, at: Observation, finding: Omit<Finding, 'cause' | 'domain'>): Diagnosis {
  const token = tokenInUse(run, at);
  if (token === null) return refusedWithoutToken(run, at, finding);
  const domain: Domain = ISSUED_BY_TARGET.has(token.source) ? 'application' : 'harness';
  const hint = finding.hint ?? hintFor(run, at, token, domain);
  return diagnosisOf({ ...finding, cause: 'credentials-refused', domain, ...(hint === null ? {} : { hint }) });
}

function hintFor(run: Run, at: Observation, token: Seen<'credentialed'>, domain: Domain): string | null {
  if (isExpired(token, wallOf(run, at)))
    return 'the token had expired by our own clock before it was used: get a fresh one';
  if (isEarly(token, wallOf(run, at)))
    return 'the token is not valid yet by our own clock: get one that is, or correct the clock';
  return domain === 'application'
    ? "the target's own auth service issued this token: see whether backend and auth service share secret, issuer and audience"
    : null;
}

/** Whether a session's token was not valid when it was used, by our own clock and by the target's where its answer tells it. */
export function isInvalidByOwnClock(run: Run, at: Observation, { headers }: Answer): boolean {
  const token = tokenInUse(run, at);
  if (token === null) return false;
  const oursMs = wallOf(run, at);
  const theirsMs = Date.parse(String(headers.date));
  const clocks = Number.isNaN(theirsMs) ? [oursMs] : [oursMs, theirsMs];
  return clocks.every((nowMs) => isExpired(token, nowMs)) || clocks.every((nowMs) => isEarly(token, nowMs));
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
  const oursMs = wallOf(run, at);
  const offset = followUp(run, 'own-clock')?.facts.offsetMs;
  // An answer without a date may have one beside it that another answer of this target gave.
  const theirsMs = date === undefined ? oursMs + Number(offset) : Date.parse(date);
  const token = tokenInUse(run, at);
  const apartMs = Math.abs(theirsMs - oursMs);
  if (Number.isNaN(apartMs) || token === null) return null;
  const isExpiredThere = isExpired(token, theirsMs) && !isExpired(token, oursMs);
  const isFromTheFuture = token.source === 'mint' && theirsMs < wallOf(run, token) - ISSUED_AHEAD_MS;
  if (!isExpiredThere && !isFromTheFuture) return null;
  const words = isExpiredThere
    ? 'ahead of ours, where our token is already expired'
    : 'behind ours, where our token is not valid yet';
  return {
    cause: 'clock-skew',
    confidence: 'certain',
    summary: `the clock of the target is ${spanOf(apartMs)} ${words}`,
  };
}
