import { saysWait } from '../protocol/wording.ts';
import type { Observation } from '../timeline/observation.ts';

/** For how long the breaker of a known target stays open. */
const BREAKER_MS = 30_000;
/** Longer than that we do not wait for anybody. */
const LONGEST_MS = 60_000;

/** How long the target wants to be left alone by what a session was told last: 429, or a breaker that is open. `null`: it does not say so. */
export function heldOffMs(observations: readonly Observation[], session: string): number | null {
  const last = observations.findLast(
    (seen) => seen.session === session && (seen.kind === 'refused' || seen.kind === 'closed' || seen.kind === 'opened'),
  );
  if (last?.kind === 'closed') return saysWait(last.reason) ? BREAKER_MS : null;
  if (last?.kind !== 'refused') return null;
  const { status, headers, bodyHead } = last.answer;
  const afterS = Number(headers['retry-after']);
  const isAsked = Number.isFinite(afterS) && afterS > 0;
  if (status !== 429 && !(status === 503 && (isAsked || saysWait(bodyHead)))) return null;
  return isAsked ? Math.min(afterS * 1000, LONGEST_MS) : BREAKER_MS;
}
