import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { unlessOurs } from '../doubts/self-doubt.ts';
import { evidenceOf } from '../finding.ts';
import { brokenPromises } from './broken-promises.ts';
import { chargesOf } from './charges.ts';
import { fakedRun } from './faked-run.ts';
import type { Part } from './part-of.ts';

/** What is wrong with a message that came, and no lateness and no lost connection can make it so. */
const CONTENT: ReadonlySet<CauseCode> = new Set([
  'foreign-run',
  'run-failed',
  'message-invalid',
  'payload-invalid',
  'event-duplicated',
  'event-out-of-order',
]);

/**
 * `trouble`, unless it is not the application's and the application had broken a promise there by what it did send: that
 * stays broken whatever kept the rest from coming. The trouble is named beside it.
 */
export function unlessContent({ run, ruled }: Part, trouble: Diagnosis): Diagnosis {
  if (trouble.domain === 'application') return trouble;
  const promises = ruled.filter(({ rule }) => CONTENT.has(chargesOf(rule.id)[0]));
  const content = fakedRun(run, ruled) ?? firstCertain(run, promises);
  if (content === null) return trouble;
  const summary = `${content.summary}; besides, ${trouble.summary}`;
  return { ...content, summary, evidence: evidenceOf(...content.evidence, ...trouble.evidence) };
}

/** A run that was called off may have been for our own lateness; a message that is wrong is so all the same. */
function firstCertain(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const content = brokenPromises(run, ruled);
  if (content === null || unlessOurs(run, content).domain !== 'harness') return content;
  return brokenPromises(
    run,
    ruled.filter(({ rule }) => chargesOf(rule.id)[0] !== content.cause),
  );
}
