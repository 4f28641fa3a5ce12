import type { NonEmpty } from '../kernel/list.ts';
import type { Observation } from '../timeline/observation.ts';
import { CAUSES } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What a family of causes found; what it leaves out is taken from the registry, or is certain and unrivalled. */
export type Finding = Pick<Diagnosis, 'cause' | 'phase' | 'answeredBy' | 'summary' | 'evidence'> &
  Partial<Pick<Diagnosis, 'domain' | 'confidence' | 'rivals' | 'hint'>>;

/** The diagnosis that a finding amounts to. */
export function diagnosisOf(finding: Finding): Diagnosis {
  const { domain, hint } = CAUSES[finding.cause];
  return { domain, hint, confidence: 'certain', rivals: [], ...finding };
}

/** Observations as evidence: each once, in the order of time; what was not seen (`null`) is left out. */
export function evidenceOf(
  first: Observation,
  ...rest: readonly (Observation | null | undefined)[]
): NonEmpty<Observation> {
  const others = rest.filter((one) => one !== null && one !== undefined);
  const bySeq = new Map([first, ...others].map((one) => [one.seq, one]));
  const [head, ...tail] = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  return [head ?? first, ...tail];
}
