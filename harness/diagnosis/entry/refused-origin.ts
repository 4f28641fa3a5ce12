import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { probesOf } from '../follow-ups.ts';

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

/** What the same upgrade was told with other origins. */
export function otherOrigins(run: Run, at: Observation): readonly Seen<'probed'>[] {
  return probesOf(run, 'other-origin').filter(({ seq }) => seq > at.seq);
}
