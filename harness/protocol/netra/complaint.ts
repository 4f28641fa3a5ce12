import type { JsonObject } from '../event.ts';
import type { Meaning } from '../profile.ts';
import { firstText, objectIn } from './json.ts';

/** What an explicit error message says: its code, its sentence, and what it is about. */
export type Complaint = Omit<Extract<Meaning, { kind: 'error' }>, 'kind'>;
type Topic = Complaint['topic'];

const CODES = ['error_code', 'code'];
const SENTENCES = ['error_message', 'message', 'error', 'reason', 'user_friendly_message', 'death_cause', 'detail'];

const TOPIC_OF_TYPE: ReadonlyMap<string, Topic> = new Map([
  ['authentication_error', 'auth'],
  ['connection_error', 'connection'],
]);
const TOPIC_OF_CODE: readonly (readonly [RegExp, Topic])[] = [
  [/^(AUTH_|AUTHENTICATION|NO_TOKEN|INVALID_TOKEN|TOKEN_|UNAUTHORI[SZ]ED|FORBIDDEN|JWT_)/i, 'auth'],
  [/^SERVICE_INIT|NOT_READY|^STARTUP/i, 'not-ready'],
  [/^CONNECTION_/i, 'connection'],
  [/^(AGENT_|TOOL_|JSON_PARSE_ERROR$)/i, 'run'],
];
// Narrow on purpose: an agent that lacks some API's credentials is a failing run, not a refused user.
const TOPIC_OF_WORDS: readonly (readonly [RegExp, Topic])[] = [
  [/\bauthentication (failed|required|error)\b|\bnot authenticated\b|\bunauthori[sz]ed\b|\bjwt\b/i, 'auth'],
  [
    /\b(invalid|expired|missing|no) (access |bearer )?token\b|\btoken (is |has |was )?(invalid|expired|missing)\b/i,
    'auth',
  ],
  [
    /\bnot (yet )?ready\b|\b(service|server|system) initiali[sz]ation\b|\binitiali[sz]ing\b|\bstarting up\b/i,
    'not-ready',
  ],
  [/\b(too many connections|connection limit)\b/i, 'connection'],
];

/** Reads an error message in any of its shapes: fields on top, in `data` or `payload`, or in an `error` object. */
export function complaintOf(type: string, fields: JsonObject): Complaint {
  const inner = objectIn(fields, 'error') ?? {};
  const code = firstText(fields, CODES) ?? firstText(inner, CODES);
  const sentence = firstText(fields, SENTENCES) ?? firstText(inner, SENTENCES);
  return {
    code,
    message: sentence ?? code ?? `${type} without a message`,
    topic: topicOf(type, code ?? '', sentence ?? ''),
  };
}

function topicOf(type: string, code: string, sentence: string): Topic {
  const byCode = TOPIC_OF_CODE.find(([pattern]) => pattern.test(code));
  const byWords = TOPIC_OF_WORDS.find(([pattern]) => pattern.test(sentence));
  return TOPIC_OF_TYPE.get(type) ?? byCode?.[1] ?? byWords?.[1] ?? 'run';
}
