import type { VerdictDocument } from './document-schema.ts';

const WHOSE = {
  failed: 'FAILED: application',
  blocked: 'BLOCKED: infrastructure',
  unproven: 'UNPROVEN: ours',
  passed: 'PASSED',
} as const satisfies { readonly [O in VerdictDocument['outcome']]: string };

/** The verdict in one line, whose trouble it is first: `FAILED: application: agent_thinking never came`. */
export function verdictSentence(document: Pick<VerdictDocument, 'outcome' | 'summary'>): string {
  return `${WHOSE[document.outcome]}: ${document.summary}`;
}
