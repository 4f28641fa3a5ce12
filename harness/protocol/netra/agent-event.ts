import type { AgentEvent, EventType, JsonObject } from '../event.ts';
import { firstText, firstWord, isObject, objectIn } from './json.ts';
import { NAMES } from './names.ts';
import { outcomeOf } from './outcome.ts';
import { stampOf } from './stamp.ts';
import type { Message } from './unwrap.ts';

const IDS: ReadonlySet<string> = new Set([
  ...NAMES.discriminator,
  ...NAMES.callId,
  ...NAMES.runId,
  ...NAMES.threadId,
  ...NAMES.requestId,
  ...NAMES.userId,
  ...NAMES.eventId,
  ...NAMES.connectionId,
]);
const ANSWERS = ['final_response', 'response', 'result'];
const NO_ANSWER: ReadonlySet<string> = new Set([
  ...IDS,
  ...NAMES.agent,
  ...['status', 'success', 'timestamp', 'execution_time_ms', 'duration_ms', 'execution_time', 'duration'],
]);

/** One of the five as the harness knows it, from a message in any wire shape. */
export function agentEvent(type: EventType, message: Message): AgentEvent {
  const { fields } = message;
  const aboutTool = type === 'tool_executing' || type === 'tool_completed';
  const outcome = outcomeOf(type, fields);
  return {
    type,
    agent: firstText(fields, aboutTool ? NAMES.agent : [...NAMES.agent, 'name']),
    tool: aboutTool ? firstWord(fields, NAMES.tool) : null,
    callId: firstText(fields, NAMES.callId),
    runId: firstText(fields, NAMES.runId),
    threadId: firstText(fields, NAMES.threadId),
    requestId: firstText(fields, NAMES.requestId),
    userId: firstText(fields, NAMES.userId),
    eventId: firstText(fields, NAMES.eventId),
    origin: 'server',
    retried: saysRetried(fields),
    recovered: fields.recovered === true,
    succeeded: outcome.succeeded,
    status: type === 'agent_completed' ? outcome.status : null,
    stamp: stampOf(fields.timestamp),
    body: bodyOf(type, message),
  };
}

/** `attempt` is empty on the first send and counts from 2 on. */
function saysRetried(fields: JsonObject): boolean {
  const attempt = fields.attempt;
  return objectIn(fields, 'retry_info')?.is_retry === true || (typeof attempt === 'number' && attempt > 1);
}

function bodyOf(type: EventType, { fields, raw }: Message): JsonObject {
  const body = Object.fromEntries(Object.entries(fields).filter(([name]) => !IDS.has(name)));
  const payload = raw.payload;
  const isTheAnswer =
    type === 'agent_completed' &&
    isObject(payload) &&
    ANSWERS.every((name) => (body[name] ?? null) === null) &&
    Object.keys(payload).some((name) => !NO_ANSWER.has(name));
  return isTheAnswer ? { ...body, payload } : body;
}
