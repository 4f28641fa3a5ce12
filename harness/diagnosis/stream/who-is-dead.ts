import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { followUp, probedOn, reachedTcp } from '../follow-ups.ts';
import { spanOf } from '../place.ts';
import { phaseOf, type Standing } from './standing.ts';

const STALLED: Rival = {
  cause: 'process-stalled',
  check: 'does the health endpoint answer, and a fresh upgrade open?',
};
const HALF_OPEN: Rival = { cause: 'half-open', check: 'do other connections to the same instance still get pongs?' };

/** What shows a silence, and when it began. */
export type Silence = { readonly at: Observation; readonly fromMs: number };

/** Which is dead of a session that answers nothing any more: its connection, the process, or the way to it. Follow-ups tell. */
export function whoIsDead(run: Run, standing: Standing, { at, fromMs }: Silence): Diagnosis {
  const { session } = standing;
  const health = followUp(run, 'backend-health', at.seq);
  const fresh = followUp(run, 'fresh-upgrade', at.seq);
  const waited = spanOf((session.observations.at(-1) ?? at).atMs - fromMs);
  const dead = `session ${session.session} answers nothing${at.kind === 'gave-up' ? '' : ', not even a ping,'} for ${waited}`;
  const seen = {
    phase: phaseOf(standing),
    answeredBy: 'none',
    confidence: 'ambiguous',
    rivals: [STALLED],
    summary: dead,
    evidence: evidenceOf(at, probedOn(run, session.session, 'ping'), health, fresh),
  } as const;
  const probes = [fresh, health].filter((probe) => probe !== null);
  if (probes.length === 0) return diagnosisOf({ ...seen, cause: 'half-open' });
  const alive = probes.filter(isWell);
  const [living] = alive;
  if (living) {
    const confidence = alive.length === probes.length ? 'likely' : 'ambiguous';
    return diagnosisOf({ ...seen, cause: 'half-open', confidence, summary: `${dead}, while ${told(living)}` });
  }
  const broken = probes.find(({ answer }) => answer !== null);
  if (broken) return diagnosisOf({ ...seen, cause: 'connection-lost', summary: `${dead}, and ${told(broken)}` });
  return probes.some(reachedTcp)
    ? diagnosisOf({
        ...seen,
        cause: 'process-stalled',
        confidence: 'likely',
        rivals: [HALF_OPEN],
        summary: `${dead}; its port takes connections and nobody answers them`,
      })
    : diagnosisOf({
        ...seen,
        cause: 'connection-lost',
        confidence: 'likely',
        answeredBy: 'network',
        summary: `${dead}, and the target cannot be reached any more`,
      });
}

/** Somebody there answers, and not with an error of a server. */
function isWell({ ok, answer }: Seen<'probed'>): boolean {
  return answer === null ? ok : answer.status < 500;
}

function told({ probe, answer }: Seen<'probed'>): string {
  const asked = probe === 'backend-health' ? 'health answers' : 'a fresh connection is answered';
  return answer === null ? 'a fresh connection opens' : `${asked} with ${answer.status}`;
}
