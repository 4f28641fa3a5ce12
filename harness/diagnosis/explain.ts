import { CAUSE_CODES, CAUSES, type Cause, type CauseCode } from './causes.ts';
import { CHARGES, chargesOf } from './promises/charges.ts';

/** All that the registry knows of one cause. */
export type Explanation = Cause & { readonly code: CauseCode; readonly chargedBy: readonly string[] };

/** Whether a word is the code of a cause. */
export function isCauseCode(code: string): code is CauseCode {
  return (CAUSE_CODES as readonly string[]).includes(code);
}

/** What a cause is, whose, what to do, and which broken rules are charged to it; `null` for a word that is no cause. */
export function explainCause(code: string): Explanation | null {
  if (!isCauseCode(code)) return null;
  const chargedBy = Object.entries(CHARGES).flatMap(([id, causes]) => (causes.includes(code) ? [id] : []));
  return { ...CAUSES[code], code, chargedBy };
}

/** The causes that breaking a rule can be charged to. */
export function causesCharged(ruleId: string): readonly CauseCode[] {
  return chargesOf(ruleId);
}
