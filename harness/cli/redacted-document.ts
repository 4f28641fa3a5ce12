import { mapTexts } from '../kernel/map-texts.ts';
import type { VerdictDocument } from '../report/document-schema.ts';

/** The document without secrets, also where decoding put together again what the wire had escaped; its codes stay what they are. */
export function redactedDocument(document: VerdictDocument, redact: (text: string) => string): VerdictDocument {
  const { schema, outcome, domain, cause, phase, answeredBy, confidence } = document;
  return { ...mapTexts(document, redact), schema, outcome, domain, cause, phase, answeredBy, confidence };
}
