import type { Seen } from '../../timeline/observation.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { evidenceOf } from '../finding.ts';
import type { Notice } from './notice.ts';
import { quoteOf } from './spoken.ts';

const LOST: Rival = {
  cause: 'connection-lost',
  check: 'does the platform log show a restart, deployment or scale-in at this moment?',
};
/** What a platform that goes away looks like too. */
const LIKE_A_LOSS: ReadonlySet<CauseCode> = new Set([
  'welcome-missing',
  'run-silent',
  'run-stalled',
  'event-missing',
  'closed-early',
  'process-stalled',
  'half-open',
]);
const SERVER_ERROR = 1011;
const FIRST = {
  shutdown: 'the target announced that it goes away: look first for that restart, deployment or scale-in',
  loss: 'the target says itself that a connection was lost: look first for a restart, deployment or broken network',
} as const;

/** What was found, where the target had said before (`notice`) that its platform goes away: that may be all there is to it. */
export function noticed(found: Diagnosis, notice: Notice | null, end: Seen<'closed'> | null = null): Diagnosis {
  if (notice === null || found.domain === 'harness') return found;
  const quote = quoteOf(notice);
  const words = found.summary.includes(quote) ? '' : `; on this connection the target said ${quote}`;
  const told = { ...found, summary: `${found.summary}${words}`, evidence: evidenceOf(...found.evidence, notice.at) };
  return isLikeALoss(found, end) ? inDoubt(told, notice) : told;
}

/** `found` where the platform may have done it, by what the target itself said of it. */
export function inDoubt(found: Diagnosis, { word }: Notice): Diagnosis {
  const rivals = found.rivals.filter(({ cause }) => cause !== LOST.cause);
  const first = FIRST[word.kind === 'shutdown' ? 'shutdown' : 'loss'];
  const hint = `${first} at this moment in the platform log; if there was none, ${found.hint}`;
  return { ...found, confidence: 'ambiguous', rivals: [LOST, ...rivals], hint };
}

/** Of the codes of an application, one says no more than that something went wrong. */
function isLikeALoss({ cause }: Diagnosis, end: Seen<'closed'> | null): boolean {
  return LIKE_A_LOSS.has(cause) || (cause === 'closed-with-error' && end?.code === SERVER_ERROR);
}
