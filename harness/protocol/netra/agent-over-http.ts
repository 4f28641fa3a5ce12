import type { JsonObject } from '../event.ts';
import type { AgentOverHttp, HttpReply } from '../profile.ts';
import { firstText, isObject } from './json.ts';
import { DEFAULT_REQUEST_TYPE } from './request.ts';

/** Statuses that say that there is no such way in. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 426, 501]);
const DONE = /^(success|succeeded|completed?|done|ok)$/i;
const ANSWERS = ['response', 'result', 'answer'];

/** The agent over HTTP: `{type, message, context}` in, `{status, agent, response, …, error}` out. */
export const agentOverHttp: AgentOverHttp = {
  path: '/api/agents/execute',
  body: (prompt) => JSON.stringify({ type: DEFAULT_REQUEST_TYPE, message: prompt, context: {} }),
  read(status, text): HttpReply {
    if (status < 200 || status > 299)
      return { answered: false, absent: ABSENT.has(status), detail: `answered ${status}` };
    const body = objectOf(text);
    if (body === null) return { answered: false, absent: true, detail: `answered ${status} with no JSON object` };
    const said = firstText(body, ['status']);
    const failed = body.error !== undefined && body.error !== null && body.error !== '';
    const done = !failed && (said === null || DONE.test(said)) && hasAnswer(body);
    if (done) return { answered: true, absent: false, detail: 'the agent answered' };
    const why = failed
      ? 'an error'
      : said !== null && !DONE.test(said)
        ? `status ${said.slice(0, 40)}`
        : 'no answer in it';
    return { answered: false, absent: false, detail: `answered ${status} with ${why}` };
  },
};

function hasAnswer(body: JsonObject): boolean {
  return ANSWERS.some((name) => {
    const value = body[name];
    return isObject(value) ? Object.keys(value).length > 0 : typeof value === 'string' && value.trim() !== '';
  });
}

function objectOf(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
