import type { EventType, JsonObject } from '../event.ts';

/** What an event says of its own success, and the literal word it says it with. */
export type Outcome = { readonly succeeded: boolean | null; readonly status: string | null };

const SAYS_NOTHING: Outcome = { succeeded: null, status: null };
const SUCCESS = new Set(['completed', 'done', 'success', 'ok', 'true']);
/** What else a flag is when it is set: a server that writes 0 or "no" for false writes these for true. */
const SET = new Set(['yes', '1']);

/**
 * Whether a completed event says that it went well. The event is also sent for failures, so only the words completed,
 * done, success, ok and true, or a `success` that is set, say yes; every other word says no; no word says nothing. Only the
 * event's own fields count: what its result holds is the answer. A success that is denied in `success` has no word of its own.
 */
export function outcomeOf(type: EventType, fields: JsonObject): Outcome {
  if (type !== 'agent_completed' && type !== 'tool_completed') return SAYS_NOTHING;
  const status = statusOf(fields.status);
  const isGood = status === null ? null : SUCCESS.has(wordOf(status));
  const isSet = flagOf(fields.success);
  if (isSet === false) return { succeeded: false, status: isGood ? null : status };
  return { succeeded: isGood ?? isSet, status };
}

/** The status in words; a number is a code of some table that nobody here knows. */
function statusOf(status: unknown): string | null {
  if (typeof status === 'boolean') return String(status);
  return typeof status === 'string' && status !== '' ? status : null;
}

/** Whether a flag is set, in any of the ways in which one is written; `null`: it says neither. */
function flagOf(flag: unknown): boolean | null {
  if (typeof flag === 'boolean') return flag;
  if (typeof flag === 'number') return flag === 0 ? false : flag === 1 ? true : null;
  if (typeof flag !== 'string' || flag === '') return null;
  const word = wordOf(flag);
  return SUCCESS.has(word) || SET.has(word);
}

/** `ExecutionStatus.COMPLETED` and `Completed` are the same word. */
function wordOf(status: string): string {
  return status.trim().toLowerCase().split('.').at(-1) ?? '';
}
