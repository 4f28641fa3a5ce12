import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { exhaustionIn } from '../exhaustion-in.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';

/** How a connection fares of which one end, or a proxy of ours, has no descriptor: an embedded target shares ours. */
const TAKEN_AWAY: ReadonlySet<CauseCode> = new Set([
  'connection-reset',
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'upgrade-timeout',
  'upgrade-server-error',
  'auth-service-unavailable',
  'handler-crashed',
  'closed-early',
  'process-stalled',
  'half-open',
]);

/** A connection that was taken away while this process had no descriptor left; `null` otherwise. */
export function exhaustedMeanwhile(run: Run, found: Diagnosis): Diagnosis | null {
  if (!TAKEN_AWAY.has(found.cause)) return null;
  const at = exhaustionIn(run);
  if (at === null) return null;
  const detail = at.kind === 'failed' ? at.code : at.detail;
  return diagnosisOf({
    cause: 'client-exhausted',
    phase: found.phase,
    answeredBy: 'client',
    confidence: 'likely',
    rivals: [{ cause: found.cause, check: 'does the same run end so again with more descriptors (ulimit -n 1024)?' }],
    summary: `this process had no descriptor left (${detail}): ${found.summary}`,
    evidence: evidenceOf(at, ...found.evidence),
  });
}
