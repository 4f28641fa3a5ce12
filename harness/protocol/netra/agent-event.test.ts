import { describe, expect, test } from 'vitest';
import type { AgentEvent, EventType } from '../event.ts';
import { decode } from './decode.ts';

function eventOf(message: unknown): AgentEvent {
  const [meaning] = decode(JSON.stringify(message), 'from-target');
  if (meaning.kind !== 'event') throw new Error(`this is no event but a ${meaning.kind}`);
  return meaning.event;
}

test('an event knows its ids, its agent, its stamp and its body, and nothing else', () => {
  expect(
    eventOf({
      type: 'tool_executing',
      run_id: 'r1',
      thread_id: 't1',
      request_id: 'q1',
      user_id: 'u1',
      connection_id: 'c1',
      event_id: 'e1',
      agent_name: 'data',
      tool_name: 'query',
      timestamp: '2025-09-18T10:00:00.250+00:00',
      data: { execution_id: 'x1', parameters: { month: 8 } },
    }),
  ).toEqual({
    type: 'tool_executing',
    agent: 'data',
    tool: 'query',
    callId: 'x1',
    runId: 'r1',
    threadId: 't1',
    requestId: 'q1',
    userId: 'u1',
    eventId: 'e1',
    origin: 'server',
    retried: false,
    recovered: false,
    succeeded: null,
    status: null,
    stamp: { atMs: Date.parse('2025-09-18T10:00:00.250Z'), resolutionMs: 1 },
    body: {
      agent_name: 'data',
      tool_name: 'query',
      timestamp: '2025-09-18T10:00:00.250+00:00',
      parameters: { month: 8 },
    },
  });
});

describe('one name has several meanings', () => {
  test.each<[EventType, { agent: string | null; tool: string | null }]>([
    ['agent_started', { agent: 'n', tool: null }],
    ['agent_thinking', { agent: 'n', tool: null }],
    ['tool_executing', { agent: null, tool: 'n' }],
    ['tool_completed', { agent: null, tool: 'n' }],
    ['agent_completed', { agent: 'n', tool: null }],
  ])('the name of %s is the one of %j', (type, expected) => {
    expect(eventOf({ type, name: 'n' })).toMatchObject(expected);
  });

  test('the more specific name wins', () => {
    expect(eventOf({ type: 'agent_started', name: 'c', agent: 'b', agent_name: 'a' }).agent).toBe('a');
    expect(eventOf({ type: 'tool_executing', name: 'c', tool: 'b', tool_name: 'a' }).tool).toBe('a');
    expect(eventOf({ type: 'tool_executing', tool: 'b', tool_name: 7 }).tool).toBe('b');
    expect(eventOf({ type: 'tool_executing', tool_name: 7 }).tool).toBe(null);
  });
});

test('a call id, a status and a success are read under each of their names', () => {
  for (const name of ['execution_id', 'tool_call_id', 'call_id'])
    expect(eventOf({ type: 'tool_executing', [name]: 'x1' }).callId).toBe('x1');
  expect(eventOf({ type: 'agent_completed', status: 'done' })).toMatchObject({ status: 'done', succeeded: true });
  expect(eventOf({ type: 'tool_completed', status: 'done' })).toMatchObject({ status: null, succeeded: true });
});

describe('the fields of one message on several levels', () => {
  test('the deeper one wins: top, then data, then payload', () => {
    const event = eventOf({
      type: 'agent_started',
      run_id: 'top',
      data: { run_id: 'data' },
      payload: { run_id: 'payload' },
    });
    expect(event.runId).toBe('payload');
    expect(eventOf({ type: 'agent_started', run_id: 'top', data: { run_id: 'data' } }).runId).toBe('data');
  });

  test('a null never hides a value, whichever is deeper', () => {
    expect(eventOf({ type: 'agent_started', run_id: 'r', data: { run_id: null } }).runId).toBe('r');
    expect(eventOf({ type: 'agent_started', run_id: null, payload: { run_id: 'r' } }).runId).toBe('r');
    expect(eventOf({ type: 'agent_completed', final_response: null }).body).toEqual({ final_response: null });
  });

  test('an id that is empty, an object or a list is none; a number is its digits', () => {
    for (const run_id of ['', ' ', {}, { run_id: 'r' }, [], true, null])
      expect(eventOf({ type: 'agent_started', run_id }).runId).toBeNull();
    expect(eventOf({ type: 'agent_started', run_id: 17 }).runId).toBe('17');
    expect(decode('{"type":"agent_started","run_id":1e999}', 'from-target')).toMatchObject([
      { event: { runId: null } },
    ]);
  });

  test('a thread id in the place of the user id stays as it came', () => {
    expect(eventOf({ type: 'agent_thinking', user_id: 'thread_session_969_5b3f1c2a' }).userId).toBe(
      'thread_session_969_5b3f1c2a',
    );
  });

  test('a turn id serves as request id where there is none', () => {
    expect(eventOf({ type: 'agent_started', turn_id: 'turn_1' }).requestId).toBe('turn_1');
    expect(eventOf({ type: 'agent_started', turn_id: 'turn_1', request_id: 'q' }).requestId).toBe('q');
  });

  test('a field named like the prototype of all objects is only a field', () => {
    const [meaning] = decode('{"type":"agent_started","__proto__":{"run_id":"forged"}}', 'from-target');
    expect(meaning).toMatchObject({ kind: 'event', event: { runId: null } });
  });
});

describe('a final answer that is the payload itself', () => {
  const bodyOf = (payload: unknown) => eventOf({ type: 'agent_completed', payload }).body;

  test.each(['text', 7, true, ['a', 'b']])('%j stays under its name', (payload) => {
    expect(bodyOf(payload)).toEqual({ payload });
  });

  test('an object that is neither status nor ids is the answer', () => {
    expect(bodyOf({ savings: 3, run_id: 'r' })).toEqual({ savings: 3, payload: { savings: 3, run_id: 'r' } });
  });

  test.each([
    {},
    { status: 'completed', run_id: 'r', agent_name: 'a' },
    { success: true, timestamp: 1758189600 },
    { execution_time_ms: 9 },
    { duration_ms: 9 },
    { execution_time: 9 },
    { duration: 9, agent: 'a' },
    { result: 'three', note: 'x' },
    { response: 'three', note: 'x' },
    { final_response: 'three', note: 'x' },
  ])('%j is not', (payload) => {
    expect(bodyOf(payload)).not.toHaveProperty('payload');
  });

  test('no other event has one', () => {
    expect(eventOf({ type: 'agent_thinking', payload: { idea: 'x' } }).body).toEqual({ idea: 'x' });
  });
});

describe('an event says of itself', () => {
  test.each([
    [{ retry_info: { is_retry: true, attempt_number: 2, max_attempts: 3, reason: 'send' } }, true],
    [{ data: { retry_info: { is_retry: true } } }, true],
    [{ attempt: 2 }, true],
    [{ payload: { attempt: 3 } }, true],
    [{ attempt: null }, false],
    [{ attempt: 1 }, false],
    [{ attempt: '2' }, false],
    [{ retry_info: { is_retry: false, attempt_number: 1 } }, false],
    [{ retry_info: null }, false],
    [{ retry_info: 'yes' }, false],
  ])('%j: that it is a retry is %s', (more, retried) => {
    expect(eventOf({ type: 'agent_started', ...more }).retried).toBe(retried);
  });

  test.each([
    [{ recovered: true, original_failure: 'no_connections' }, true],
    [{ data: { recovered: true } }, true],
    [{ payload: { recovered: true } }, true],
    [{ recovered: false }, false],
    [{ recovered: 'true' }, false],
    [{ original_failure: null }, false],
  ])('%j: that it is recovered is %s', (more, recovered) => {
    expect(eventOf({ type: 'agent_started', ...more }).recovered).toBe(recovered);
  });
});
