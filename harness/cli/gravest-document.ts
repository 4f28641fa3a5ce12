import type { NonEmpty } from '../kernel/list.ts';
import type { VerdictDocument } from '../report/document-schema.ts';

const GRAVITY = { failed: 3, blocked: 2, unproven: 1, passed: 0 } as const;

/** The document of the gravest outcome: failed outranks blocked, then unproven, then passed; another user's event outranks all. */
export function gravestDocument(documents: NonEmpty<VerdictDocument>): VerdictDocument {
  return documents.reduce((worst, next) => (gravity(next) > gravity(worst) ? next : worst));
}

function gravity({ outcome, cause }: VerdictDocument): number {
  return cause === 'cross-user' ? 4 : GRAVITY[outcome];
}
