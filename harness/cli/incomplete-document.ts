import type { CauseCode } from '../diagnosis/causes.ts';
import { EXIT_CODES } from '../diagnosis/verdict.ts';
import type { VerdictDocument } from '../report/document-schema.ts';

/** Causes that rest on something that is not there, or on an order: a lost line makes them out of nothing. */
const BY_ABSENCE: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'welcome-missing',
  'run-silent',
  'run-stalled',
  'event-missing',
  'event-out-of-order',
  'event-late',
  'tool-unpaired',
  'half-open',
  'process-stalled',
]);

/** What of a stored timeline is not there: `losses` are known to be missing, `ended` tells whether its recording came to its end. */
export type Wholeness = { readonly losses: readonly string[]; readonly ended: boolean };

/**
 * The document of a timeline that is not whole: nobody is blamed for a line that we lost, and what was never recorded does not pass.
 * What the lines that are there show by themselves stands.
 */
export function incompleteDocument(document: VerdictDocument, { losses, ended }: Wholeness): VerdictDocument {
  const isWhole = losses.length === 0 && ended;
  const restsOnLoss = losses.length > 0 && document.cause !== null && BY_ABSENCE.has(document.cause);
  if (isWhole || !(document.outcome === 'passed' || restsOnLoss)) return document;
  const why = [...losses, ...(ended ? [] : ['its recording did not come to its end'])].join('; ');
  const otherwise =
    document.outcome === 'passed' ? '' : `; as far as it goes it would say ${document.cause}: ${document.summary}`;
  return {
    ...document,
    outcome: 'unproven',
    exitCode: EXIT_CODES.unproven,
    domain: 'harness',
    cause: 'nothing-judged',
    phase: 'stream',
    answeredBy: 'client',
    confidence: 'certain',
    rivals: [],
    summary: `the stored timeline is not whole: ${why}${otherwise}`,
    hint: 'judge the timeline.jsonl that the run wrote, or make the run again',
  };
}
