import type { EventType, JsonObject } from '../event.ts';

/** What an event says of its own success, and the literal word it says it with. */
export type Outcome = { readonly succeeded: boolean | null; readonly status: string | null };

const SAYS_NOTHING: Outcome = { succeeded: null, status: null };
const SUCCESS = new Set(['completed', 'done', 'success', 'ok']);

/**
 * Whether a completed event says that it went well. The event is also sent for failures, so only the words completed,
 * done, success and ok, or `success: true`, say yes; every other word says no; no word says nothing. Only the event's own
 * fields count: what its result holds is the answer. A success that is denied in `success` has no word of its own.
 */
export function outcomeOf(type: EventType, fields: JsonObject): Outcome {
  if (type !== 'agent_completed' && type !== 'tool_completed') return SAYS_NOTHING;
  const status = typeof fields.status === 'string' && fields.status !== '' ? fields.status : null;
  const isGood = status === null ? null : SUCCESS.has(wordOf(status));
  if (fields.success === false) return { succeeded: false, status: isGood ? null : status };
  return { succeeded: isGood ?? (fields.success === true ? true : null), status };
}

/** `ExecutionStatus.COMPLETED` and `Completed` are the same word. */
function wordOf(status: string): string {
  return status.trim().toLowerCase().split('.').at(-1) ?? '';
}
