import type { Trouble } from '../timeline/observation.ts';
import type { Outcome } from './attempt.ts';

/** Answers that another try may change. 400, 401, 403 and 404 never do. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Trouble that another try may outlive; a wrong certificate, name or setting stays wrong, and after a whole deadline of silence more of it tells nothing new. */
const RETRYABLE_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'HANG_UP',
  'TLS_EOF',
]);

/** The longest `Retry-After` that a dial waits for; a caller who is told to come back later than that is better told so. */
export const LONGEST_RETRY_AFTER_MS = 5000;

/** How long an answer asks to wait before the next try, in milliseconds; 0 where it asks nothing, or nothing that can be read. */
export function retryAfterMs(outcome: Outcome): number {
  if (outcome.kind !== 'refused') return 0;
  const { headers } = outcome.answer;
  const said = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  // A date is one of the target's own clock, which its `Date` tells.
  const untilMs = Date.parse(said) - Date.parse(headers.date ?? '');
  return Number.isNaN(untilMs) ? 0 : Math.max(0, untilMs);
}

/** Whether trouble underneath HTTP may be gone at another try. */
export function mayPass({ phase, code }: Pick<Trouble, 'phase' | 'code'>): boolean {
  return phase !== 'configuration' && RETRYABLE_CODES.has(code);
}

/** Whether dialling again is fair and may help: nothing has been asked yet, and the outcome may pass. */
export function isWorthRetrying(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'opened':
      return false;
    case 'refused':
      // Who throttles us means it; a server that starts says a round number and may be there at once.
      if (outcome.answer.status === 429 && retryAfterMs(outcome) > LONGEST_RETRY_AFTER_MS) return false;
      return outcome.answer.status >= 500 || RETRYABLE_STATUSES.has(outcome.answer.status);
    case 'failed':
      return mayPass(outcome);
    default:
      return outcome satisfies never;
  }
}

/** How long to stay away before another try after this outcome, in milliseconds; `null` where another one is no use. */
export function restMsAfter(outcome: Outcome): number | null {
  return isWorthRetrying(outcome) ? Math.min(retryAfterMs(outcome), LONGEST_RETRY_AFTER_MS) : null;
}
