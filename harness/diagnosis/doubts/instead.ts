import type { Observation } from '../../timeline/observation.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { lateWords, type Stall } from '../stalls.ts';

/** Ourselves in place of `found`, which stays as the rival: the sentence begins with how late we were, `when` says where that mattered. */
export function instead(found: Diagnosis, stall: Stall, when: string, at: Observation): Diagnosis {
  return diagnosisOf({
    cause: 'harness-stalled',
    phase: found.phase,
    answeredBy: 'client',
    confidence: 'likely',
    rivals: [
      {
        cause: found.cause,
        check: 'does the same run end so again while this process is on time (a machine with free CPU)?',
      },
    ],
    summary: `${lateWords(stall)} ${when}: ${found.summary}`,
    evidence: evidenceOf(at, stall.at, ...found.evidence),
  });
}
