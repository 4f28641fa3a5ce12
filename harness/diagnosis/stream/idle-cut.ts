import type { Observation, Seen } from '../../timeline/observation.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { spanOf } from '../place.ts';
import { limitNear } from './idle-limits.ts';
import { phaseOf, type Standing } from './standing.ts';

const BYTES: ReadonlySet<Observation['kind']> = new Set([
  'opened',
  'sent',
  'received',
  'received-binary',
  'pinged',
  'ponged',
  'was-pinged',
]);

/** A connection that ended at a round age, or a round time after its last byte in either direction; `null` otherwise. */
export function idleCut(standing: Standing, end: Seen<'closed'>): Diagnosis | null {
  const { session, opened } = standing;
  const before = session.observations.filter(({ seq }) => seq < end.seq);
  const lastByte = before.findLast(({ kind }) => BYTES.has(kind)) ?? opened;
  const lastArrival = before.findLast(({ kind }) => kind !== 'sent' && kind !== 'pinged' && BYTES.has(kind)) ?? opened;
  const since = [
    { at: lastByte, words: 'after its last byte' },
    { at: lastArrival, words: "after the target's last byte" },
    { at: opened, words: 'after it opened' },
  ];
  for (const { at, words } of since) {
    const tookMs = end.atMs - at.atMs;
    const limit = limitNear(tookMs);
    if (limit === null) continue;
    return diagnosisOf({
      cause: 'idle-cut',
      phase: phaseOf(standing),
      answeredBy: 'edge',
      confidence: 'likely',
      rivals: [{ cause: 'connection-lost', check: `is the next connection cut after ${limit.seconds} s again?` }],
      summary: `the connection ended ${spanOf(tookMs)} ${words}: a limit of ${limit.seconds} s`,
      hint: `${limit.seconds} s is ${limit.owner}; ${CAUSES['idle-cut'].hint}`,
      evidence: evidenceOf(at, end),
    });
  }
  return null;
}
