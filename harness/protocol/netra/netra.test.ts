import { describe, expect, test } from 'vitest';
import type { Meaning } from '../profile.ts';
import { netra } from './netra.ts';

const AT = '2025-09-18T10:00:00.000Z';
const TOKEN = 'head.body.sign-ature_';

describe('a token travels', () => {
  const subprotocols = ['jwt-auth', `jwt.${Buffer.from(TOKEN).toString('base64url')}`];
  const headers = { Authorization: `Bearer ${TOKEN}` };

  test('in a header, in the subprotocols, in both, or in the query, and nowhere else', () => {
    expect(netra.carriage(TOKEN, 'header')).toEqual({ headers, subprotocols: [], query: {} });
    expect(netra.carriage(TOKEN, 'subprotocol')).toEqual({ headers: {}, subprotocols, query: {} });
    expect(netra.carriage(TOKEN, 'both')).toEqual({ headers, subprotocols, query: {} });
    expect(netra.carriage(TOKEN, 'query')).toEqual({ headers: {}, subprotocols: [], query: { token: TOKEN } });
  });

  test('under a subprotocol that HTTP allows and that reads back to the token', () => {
    const [, entry = ''] = netra.carriage(TOKEN, 'subprotocol').subprotocols;
    expect(entry).toMatch(/^[\w!#$%&'*+.^`|~-]+$/);
    expect(Buffer.from(entry.slice('jwt.'.length), 'base64url').toString()).toBe(TOKEN);
  });
});

describe('a question', () => {
  const question = { prompt: 'how much?', runId: 'r', threadId: 't', requestType: null, atIso: AT, messageId: 'm' };

  test('is one frame with the prompt under every name that a server wants', () => {
    const frames = netra.request(question).map((frame) => JSON.parse(frame));
    expect(frames).toEqual([
      {
        type: 'user_message',
        message_id: 'm',
        thread_id: 't',
        payload: {
          content: 'how much?',
          text: 'how much?',
          message: 'how much?',
          user_request: 'how much?',
          thread_id: 't',
          run_id: 'r',
          timestamp: AT,
          references: [],
        },
      },
    ]);
  });

  test('may be of another type', () => {
    expect(JSON.parse(netra.request({ ...question, requestType: 'start_agent' })[0])).toMatchObject({
      type: 'start_agent',
    });
  });

  test('is by default one that a server neither mocks nor reroutes', () => {
    expect(netra.defaultPrompt).toMatch(/tool/);
    expect(netra.defaultPrompt).not.toMatch(/test|mock|factory|isolated/i);
  });
});

describe('an answer is due', () => {
  test.each<[Meaning, object]>([
    [
      { kind: 'handshake', threadId: 't', runId: 'r' },
      { type: 'handshake_acknowledged', thread_id: 't', timestamp: AT },
    ],
    [
      { kind: 'handshake', threadId: null, runId: null },
      { type: 'handshake_acknowledged', thread_id: null, timestamp: AT },
    ],
    [{ kind: 'heartbeat' }, { type: 'heartbeat_ack', timestamp: AT }],
    [{ kind: 'application-ping' }, { type: 'pong', timestamp: AT }],
  ])('to %j', (meaning, answer) => {
    expect(JSON.parse(netra.reply(meaning, AT) ?? 'null')).toEqual(answer);
  });

  test.each<Meaning>([
    { kind: 'welcome', connectionId: null, userId: null, stamp: null },
    { kind: 'handshake-complete' },
    { kind: 'application-pong' },
    { kind: 'ack', receivedType: 'handshake_acknowledged' },
    { kind: 'note', type: 'thread_created' },
    { kind: 'unreadable', reason: 'not JSON (4 characters)' },
  ])('but not to %j', (meaning) => {
    expect(netra.reply(meaning, AT)).toBeNull();
  });

  test('and the answers, decoded by the other side, call for none: no two harnesses ping each other for ever', () => {
    for (const meaning of [{ kind: 'heartbeat' }, { kind: 'application-ping' }] as const)
      for (const answer of netra.decode(netra.reply(meaning, AT) ?? '', 'from-target'))
        expect(netra.reply(answer, AT)).toBeNull();
  });
});

test("a ping in the protocol's own words is read as one", () => {
  expect(netra.decode(netra.applicationPing?.(AT) ?? '', 'from-target')).toEqual([{ kind: 'application-ping' }]);
});

test('every one of the five has fields besides its ids, under each name that a server gives them', () => {
  expect(netra.fields.map(({ event, names }) => [event, ...names])).toEqual([
    ['agent_started', 'agent_name', 'agent', 'name'],
    ['agent_thinking', 'reasoning', 'thought', 'thinking', 'message'],
    ['tool_executing', 'parameters', 'params', 'tool_args', 'input'],
    ['tool_completed', 'results', 'result', 'output'],
    ['agent_completed', 'final_response', 'response', 'result', 'payload'],
  ]);
});

test("its events carry stamps of the target's own clock", () => {
  expect(netra.stamps).toBe(true);
});

test('its paths are those of the servers', () => {
  expect([netra.socketPath, ...Object.values(netra.health)]).toEqual([
    '/ws',
    '/health/ready',
    '/health',
    '/ws/health',
    '/ws/config',
  ]);
});
