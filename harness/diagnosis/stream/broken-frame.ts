import type { Seen } from '../../timeline/observation.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { lastFrame, phaseOf, type Standing, standings } from './standing.ts';

/** A frame that no endpoint may send ended a session: what the socket did afterwards is its consequence. */
export const brokenFrame: Family = (run, ruled) => {
  for (const standing of standings(run, ruled)) {
    const broken = breakIn(standing);
    if (broken === undefined) continue;
    return diagnosisOf({
      cause: 'frame-invalid',
      phase: phaseOf(standing),
      answeredBy: 'app',
      summary: `a frame that no WebSocket endpoint may send ended session ${standing.session.session}: ${broken.message || broken.code} (${broken.code})`,
      evidence: evidenceOf(broken, lastFrame(standing), standing.session.closed),
    });
  }
  return null;
};

/** Whether the session was ended by a broken frame and not by what `end` says. */
export function brokeBefore(standing: Standing, end: Seen<'closed'>): boolean {
  const broken = breakIn(standing);
  return broken !== undefined && broken.seq < end.seq;
}

function breakIn({ session }: Standing): Seen<'frame-broken'> | undefined {
  return session.observations.find((seen) => seen.kind === 'frame-broken');
}
