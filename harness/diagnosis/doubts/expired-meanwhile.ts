import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { longestStall } from '../stalls.ts';
import { tokenInUse } from '../token-in-use.ts';
import { isExpired, TOKEN_RESOLUTION_MS } from '../token-life.ts';
import { wallOf } from '../wall-of.ts';
import { instead } from './instead.ts';

/** A token that was refused because it had expired, and had not without our own stall; `null` otherwise. */
export function expiredMeanwhile(run: Run, found: Diagnosis): Diagnosis | null {
  const isAboutToken = [found, ...found.rivals].some(({ cause }) => cause === 'credentials-refused');
  if (!isAboutToken) return null;
  const at = found.evidence.findLast(({ kind }) => kind !== 'probed') ?? found.evidence[0];
  const token = tokenInUse(run, at);
  if (token === null) return null;
  const wallMs = wallOf(run, at);
  // A stall is noted when the loop turns again, which may be after what was read first.
  const before = run.stalls.filter(({ atMs, lateByMs }) => atMs - lateByMs <= at.atMs);
  const lateMs = before.reduce((sum, { lateByMs }) => sum + lateByMs, 0);
  const stall = longestStall(run, run.header.startedAtMs, at.atMs);
  if (stall === null || !isExpired(token, wallMs + TOKEN_RESOLUTION_MS) || isExpired(token, wallMs - lateMs))
    return null;
  return instead(found, stall, 'and its token expired meanwhile', at);
}
