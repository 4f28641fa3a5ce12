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

/** Whether dialling again is fair and may help: nothing has been asked yet, and the outcome may pass. */
export function isWorthRetrying(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'opened':
      return false;
    case 'refused':
      return outcome.answer.status >= 500 || RETRYABLE_STATUSES.has(outcome.answer.status);
    case 'failed':
      return outcome.phase !== 'configuration' && RETRYABLE_CODES.has(outcome.code);
    default:
      return outcome satisfies never;
  }
}
