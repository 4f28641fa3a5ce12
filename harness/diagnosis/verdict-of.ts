import type { Ruled } from '../judge/rule.ts';
import type { NonEmpty } from '../kernel/list.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { Domain } from './causes.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisOf, evidenceOf } from './finding.ts';
import { proofOf } from './promises/kept.ts';
import { nothingJudged } from './promises/nothing-judged.ts';
import { triesOf } from './tries.ts';
import type { Verdict } from './verdict.ts';

/** The verdict of one run: what its rulings and its diagnosis come to. It passes only with proof, and never without verified TLS. */
export function verdictOf(run: Run, ruled: readonly Ruled[]): Verdict {
  const { attempts, failedFirst } = triesOf(run);
  const common = { rulings: ruled, attempts };
  const diagnosis = diagnose(run, ruled);
  const proof = diagnosis === null ? proofOf(run, ruled) : null;
  if (proof === null) return { ...common, flaky: false, ...blamed(diagnosis ?? nothingJudged(run, ruled)) };
  if (run.header.tlsUnverified) return { ...common, flaky: false, ...blamed(unverified(proof)) };
  return { ...common, flaky: failedFirst, outcome: 'passed', evidence: proof, diagnosis: null };
}

type Blamed = {
  [D in Domain]: { outcome: (typeof OUTCOMES)[D]; diagnosis: Diagnosis & { readonly domain: D } };
}[Domain];

const OUTCOMES = { application: 'failed', infrastructure: 'blocked', harness: 'unproven' } as const;

const BLAMED: { readonly [D in Domain]: (diagnosis: Diagnosis) => Blamed } = {
  application: (diagnosis) => ({ outcome: OUTCOMES.application, diagnosis: { ...diagnosis, domain: 'application' } }),
  infrastructure: (diagnosis) => ({
    outcome: OUTCOMES.infrastructure,
    diagnosis: { ...diagnosis, domain: 'infrastructure' },
  }),
  harness: (diagnosis) => ({ outcome: OUTCOMES.harness, diagnosis: { ...diagnosis, domain: 'harness' } }),
};

function blamed(diagnosis: Diagnosis): Blamed {
  return BLAMED[diagnosis.domain](diagnosis);
}

function unverified([first]: NonEmpty<Observation>): Diagnosis {
  return diagnosisOf({
    cause: 'config-invalid',
    phase: 'configuration',
    answeredBy: 'client',
    summary: 'NODE_TLS_REJECT_UNAUTHORIZED is 0: nobody knows who answered, so nothing here counts as passed',
    hint: 'unset NODE_TLS_REJECT_UNAUTHORIZED; for a private CA set NODE_EXTRA_CA_CERTS',
    evidence: evidenceOf(first),
  });
}
