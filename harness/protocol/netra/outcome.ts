import type { EventType, JsonObject } from '../event.ts';
import { objectIn } from './json.ts';

/** What an event says of its own success, and the literal word it says it with. */
export type Outcome = { readonly succeeded: boolean | null; readonly status: string | null };

const SAYS_NOTHING: Outcome = { succeeded: null, status: null };
const SUCCESS = new Set(['completed', 'done', 'success', 'ok']);
const FAILURE = new Set(['failed', 'failure', 'error', 'timeout', 'timed_out', 'cancelled', 'canceled', 'aborted']);

/**
 * Whether a completed event says that it went well. The event is also sent for failures, so only the words completed,
 * done, success and ok, or `success: true`, say yes; every other word says no; no word says nothing.
 */
export function outcomeOf(type: EventType, fields: JsonObject): Outcome {
  if (type !== 'agent_completed' && type !== 'tool_completed') return SAYS_NOTHING;
  const own = said(fields);
  // One sender reports "completed" around a result that failed.
  const result = type === 'agent_completed' ? objectIn(fields, 'result') : null;
  if (own.succeeded === false || result === null) return own;
  const inner = said(result);
  return isFailure(result) ? { succeeded: false, status: inner.status ?? own.status } : own;
}

function said(fields: JsonObject): Outcome {
  const status = typeof fields.status === 'string' && fields.status !== '' ? fields.status : null;
  if (fields.success === false) return { succeeded: false, status };
  if (status !== null) return { succeeded: SUCCESS.has(wordOf(status)), status };
  return { succeeded: fields.success === true ? true : null, status };
}

function isFailure(result: JsonObject): boolean {
  const status = result.status;
  return result.success === false || (typeof status === 'string' && FAILURE.has(wordOf(status)));
}

/** `ExecutionStatus.COMPLETED` and `Completed` are the same word. */
function wordOf(status: string): string {
  return status.trim().toLowerCase().replace(/^.*\./, '');
}
