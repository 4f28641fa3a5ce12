import { EVENT_TYPES, type EventType } from '../event.ts';

/** The field names under which the known servers say the same thing, the most specific first. */
export const NAMES = {
  discriminator: ['type', 'event', 'event_type'],
  agent: ['agent_name', 'agent'],
  tool: ['tool_name', 'tool', 'name'],
  callId: ['execution_id', 'tool_call_id', 'call_id'],
  runId: ['run_id'],
  threadId: ['thread_id'],
  requestId: ['request_id', 'turn_id'],
  userId: ['user_id'],
  eventId: ['event_id'],
  connectionId: ['connection_id'],
} as const satisfies { readonly [meaning: string]: readonly string[] };

const CANONICAL: ReadonlyMap<string, EventType> = new Map([
  ...EVENT_TYPES.map((type) => [type, type] as const),
  // One emitter lets the body's own word replace the type.
  ['reasoning', 'agent_thinking'] as const,
]);

/** Which of the five a type string is; `null` for every other word, however alike (`agent_complete`, `toolExecuting`). */
export function canonicalType(type: string): EventType | null {
  return CANONICAL.get(type) ?? null;
}
