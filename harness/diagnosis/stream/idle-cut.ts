import { limitMet } from '../../timeline/limit-met.ts';
import type { Seen } from '../../timeline/observation.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { spanOf } from '../place.ts';
import { phaseOf, type Standing } from './standing.ts';

/** A connection that ended at a round age, or a round time after its last byte in either direction; `null` otherwise. */
export function idleCut(standing: Standing, end: Seen<'closed'>): Diagnosis | null {
  const met = limitMet(standing.session.observations, standing.opened, end);
  if (met === null) return null;
  const { limit, since, tookMs, words } = met;
  return diagnosisOf({
    cause: 'idle-cut',
    phase: phaseOf(standing),
    answeredBy: 'edge',
    confidence: 'likely',
    rivals: [{ cause: 'connection-lost', check: `is the next connection cut after ${limit.seconds} s again?` }],
    summary: `the connection ended ${spanOf(tookMs)} ${words}: a limit of ${limit.seconds} s`,
    hint: `${limit.seconds} s is ${limit.owner}; ${CAUSES['idle-cut'].hint}`,
    evidence: evidenceOf(since, end),
  });
}
