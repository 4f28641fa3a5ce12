import type { Ruled } from '../judge/rule.ts';
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
  const proof = proofOf(run, ruled);
  const diagnosis = diagnose(run, ruled) ?? (proof === null ? null : unverified(run));
  if (proof !== null && diagnosis === null)
    return { ...common, flaky: failedFirst, outcome: 'passed', evidence: proof, diagnosis };
  return { ...common, flaky: false, ...blamed(diagnosis ?? nothingJudged(run, ruled)) };
}

type Blamed = {
  [D in Domain]: { outcome: (typeof OUTCOMES)[D]; diagnosis: Diagnosis & { readonly domain: D } };
}[Domain];

const OUTCOMES = { application: 'failed', infrastructure: 'blocked', harness: 'unproven' } as const;

function blamed(diagnosis: Diagnosis): Blamed {
  const { domain } = diagnosis;
  switch (domain) {
    case 'application':
      return { outcome: OUTCOMES[domain], diagnosis: { ...diagnosis, domain } };
    case 'infrastructure':
      return { outcome: OUTCOMES[domain], diagnosis: { ...diagnosis, domain } };
    case 'harness':
      return { outcome: OUTCOMES[domain], diagnosis: { ...diagnosis, domain } };
    default:
      return domain satisfies never;
  }
}

function unverified(run: Run): Diagnosis | null {
  const proof = run.observations[0];
  if (!run.header.tlsUnverified || proof === undefined) return null;
  return diagnosisOf({
    cause: 'config-invalid',
    phase: 'configuration',
    answeredBy: 'client',
    summary: 'NODE_TLS_REJECT_UNAUTHORIZED is 0: nobody knows who answered, so nothing here counts as passed',
    hint: 'unset NODE_TLS_REJECT_UNAUTHORIZED; for a private CA set NODE_EXTRA_CA_CERTS',
    evidence: evidenceOf(proof),
  });
}
