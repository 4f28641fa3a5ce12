import { diagnosisOf, evidenceOf } from '../finding.ts';
import { lastFrame, phaseOf } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

/** A frame that no endpoint may send ended a session: what the socket did afterwards is its consequence. */
export const brokenFrame: OfStanding = (_run, _ruled, standing) => {
  const broken = standing.session.observations.find((seen) => seen.kind === 'frame-broken');
  if (broken === undefined) return null;
  return diagnosisOf({
    cause: 'frame-invalid',
    phase: phaseOf(standing),
    answeredBy: 'app',
    summary: `a frame that no WebSocket endpoint may send ended session ${standing.session.session}: ${broken.message || broken.code} (${broken.code})`,
    evidence: evidenceOf(broken, lastFrame(standing), standing.session.closed),
  });
};
