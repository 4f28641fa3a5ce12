import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';

const CODE = 'origin-refused';

/**
 * The refusal of our `Origin`: the same upgrade was let in with another one, or with none; `null` where no probe shows that.
 * `stays`: being let in is not enough, it must have been welcomed (where the refusal came after the upgrade).
 */
export function refusedOrigin(
  run: Run,
  at: Observation,
  seen: Pick<Finding, 'phase' | 'answeredBy' | 'summary' | 'evidence'>,
  stays: boolean,
): Diagnosis | null {
  const other = otherOrigins(run, at).find(({ ok, facts }) => ok && (!stays || facts.welcomed === true));
  if (other === undefined) return null;
  const name = other.facts.origin === 'none' ? 'without any Origin' : `with the Origin ${other.facts.origin}`;
  return diagnosisOf({
    ...seen,
    cause: CODE,
    summary: `${seen.summary}; the same connection ${name} is let in`,
    hint: `${name}, the same token is let in: ${CAUSES[CODE].hint}`,
    evidence: evidenceOf(...seen.evidence, other),
  });
}

/** Whether the same upgrade was asked for with other origins, and every one was refused as well. */
export function isAnyOriginRefused(run: Run, at: Observation): boolean {
  const others = otherOrigins(run, at);
  return others.length > 0 && others.every(({ ok }) => !ok);
}

function otherOrigins(run: Run, at: Observation): readonly Seen<'probed'>[] {
  const probes = run.observations.filter((seen) => seen.kind === 'probed');
  return probes.filter(({ probe, seq }) => probe === 'other-origin' && seq > at.seq);
}
