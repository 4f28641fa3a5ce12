import type { JsonObject } from '../event.ts';
import type { Meaning } from '../profile.ts';
import { isAuthCode, saysConnectionCap, saysRefused } from '../wording.ts';
import { firstText, objectIn } from './json.ts';

/** What an explicit error message says: its code, its sentence, and what it is about. */
export type Complaint = Omit<Extract<Meaning, { kind: 'error' }>, 'kind'>;
type Topic = Complaint['topic'];

const CODES = ['error_code', 'code'];
const SENTENCES = ['error_message', 'message', 'error', 'reason', 'user_friendly_message', 'death_cause', 'detail'];

const TOPIC_OF_TYPE: ReadonlyMap<string, Topic> = new Map([
  ['authentication_error', 'auth'],
  ['connection_error', 'platform'],
]);
type Says = (text: string) => boolean;
const TOPIC_OF_CODE: readonly (readonly [Says, Topic])[] = [
  [isAuthCode, 'auth'],
  [(code) => /^SERVICE_INIT|NOT_READY|^STARTUP/i.test(code), 'not-ready'],
  [(code) => /^(CONNECTION|ORIGIN)_/i.test(code), 'connection'],
  [(code) => /^(AGENT_|TOOL_|JSON_PARSE_ERROR$)/i.test(code), 'run'],
];
// Narrow on purpose: an agent that lacks some API's credentials is a failing run, not a refused user.
const TOPIC_OF_WORDS: readonly (readonly [Says, Topic])[] = [
  [saysRefused, 'auth'],
  [(text) => NOT_READY.test(text), 'not-ready'],
  [saysConnectionCap, 'connection'],
  [(text) => /\borigin (is )?not allowed\b/i.test(text), 'connection'],
];
const NOT_READY =
  /\bnot (yet )?ready\b|\b(service|server|system) initiali[sz]ation\b|\binitiali[sz]ing\b|\bstarting up\b/i;

/** Reads an error message in any of its shapes: fields on top, in `data` or `payload`, or in an `error` object. */
export function complaintOf(type: string, fields: JsonObject): Complaint {
  const inner = objectIn(fields, 'error') ?? {};
  const code = firstText(fields, CODES) ?? firstText(inner, CODES);
  const sentence = firstText(fields, SENTENCES) ?? firstText(inner, SENTENCES);
  const coded = TOPIC_OF_TYPE.get(type) ?? topicIn(TOPIC_OF_CODE, code ?? '');
  return {
    code,
    message: sentence ?? code ?? `${type} without a message`,
    topic: coded ?? topicIn(TOPIC_OF_WORDS, sentence ?? '') ?? 'run',
    coded: coded !== undefined,
  };
}

function topicIn(table: readonly (readonly [Says, Topic])[], text: string): Topic | undefined {
  return table.find(([says]) => says(text))?.[1];
}
