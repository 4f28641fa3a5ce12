import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Meaning } from '../profile.ts';
import { decode } from './decode.ts';

const read = (message: unknown): readonly Meaning[] => decode(JSON.stringify(message), 'from-target');
const kinds = (message: unknown) =>
  read(message).map((meaning) => (meaning.kind === 'event' ? meaning.event.type : meaning.kind));

describe('a name that merely resembles one of the five', () => {
  test.each([
    'agent_complete',
    'toolExecuting',
    'tool_started',
    'AGENT_STARTED',
    ' agent_started',
    'agent-started',
    'agentStarted',
    'agent_started ',
    'tool_execute',
    'thinking',
    'subagent_started',
    'subagent_completed',
    'constructor',
    '__proto__',
  ])('%j is a note, plain or in a wrapper', (type) => {
    expect(read({ type })).toEqual([{ kind: 'note', type }]);
    expect(read({ type: 'agent_event', event_type: type, data: {} })).toEqual([{ kind: 'note', type: 'agent_event' }]);
    expect(read({ type: 'system_message', data: { event: type } })).toEqual([{ kind: 'note', type: 'system_message' }]);
    expect(kinds({ type: 'event_batch', events: { [type]: [{}] } })).not.toContain('agent_started');
  });
});

describe('a hidden event', () => {
  test.each([
    ['event', { event: 'agent_started' }],
    ['event_type', { event_type: 'agent_started' }],
    ['data.event', { data: { event: 'agent_started' } }],
    ['data.event_type', { data: { event_type: 'agent_started' } }],
    ['data.type', { data: { type: 'agent_started' } }],
    ['payload.event', { payload: { event: 'agent_started' } }],
    ['payload.type', { payload: { type: 'agent_started' } }],
    ['data.payload.event', { data: { payload: { event: 'agent_started' } } }],
    ['payload.data.event', { payload: { data: { event: 'agent_started' } } }],
  ])('counts under %s in each wrapper and in a message without a type', (_, message) => {
    for (const type of ['system_message', 'agent_event', 'agent_progress', 'agent_response_complete', undefined, null])
      expect(kinds({ type, ...message })).toEqual(['agent_started']);
  });

  test('does not count where the outer type is a message of its own', () => {
    expect(kinds({ type: 'heartbeat', event: 'agent_started' })).toEqual(['heartbeat']);
    expect(read({ type: 'backlog', data: { event: 'agent_started' } })).toEqual([{ kind: 'note', type: 'backlog' }]);
  });

  test('is the outermost where there are several', () => {
    const data = { event: 'agent_thinking', payload: { event: 'agent_completed' } };
    expect(kinds({ type: 'agent_progress', data })).toEqual(['agent_thinking']);
    expect(kinds({ type: 'agent_progress', event: 'agent_started', data })).toEqual(['agent_started']);
  });

  test('never overrides one of the five', () => {
    expect(kinds({ type: 'agent_started', event: 'agent_completed' })).toEqual(['agent_started']);
  });

  test('may be a failure of the run, a fallback or a failed tool', () => {
    for (const event_type of ['agent_error', 'agent_failed', 'agent_timeout_failure', 'agent_death'])
      expect(kinds({ type: 'agent_event', event_type, data: {} })).toEqual(['run-failed']);
    expect(kinds({ type: 'system_message', event: 'agent_fallback', payload: {} })).toEqual(['fallback']);
    expect(kinds({ type: 'agent_progress', data: { event: 'tool_error' } })).toEqual(['tool-failed']);
  });
});

describe('a wrapper without a hidden event is a note', () => {
  test.each([
    { type: 'agent_progress', data: { progress: 0.5 } },
    { type: 'system_message', status: 'acknowledged' },
    { type: 'system_message', data: { status: 'message acknowledged', event: 7 } },
    { type: 'agent_response_complete', data: 'text' },
    { type: 'agent_event', data: null, payload: [] },
  ])('%j', (message) => {
    expect(read(message)).toEqual([{ kind: 'note', type: message.type }]);
  });
});

describe('a frame with several messages', () => {
  test('a batch is its events in the documented order, each with the ids and the stamp of the batch', () => {
    const events = {
      agent_completed: ['done'],
      note_of_ours: [{}],
      agent_started: [{ agent_name: 'a' }, { user_id: 'bob' }],
    };
    const meanings = read({
      type: 'event_batch',
      user_id: 'alice',
      batch_id: 'b',
      batch_size: 3,
      timestamp: 1758189600.5,
      events,
    });
    expect(
      meanings.map((meaning) =>
        meaning.kind === 'event'
          ? [meaning.event.type, meaning.event.userId, meaning.event.stamp?.atMs, meaning.event.body]
          : meaning,
      ),
    ).toEqual([
      { kind: 'note', type: 'note_of_ours' },
      ['agent_started', 'alice', 1758189600500, { agent_name: 'a', timestamp: 1758189600.5 }],
      ['agent_started', 'bob', 1758189600500, { timestamp: 1758189600.5 }],
      ['agent_completed', 'alice', 1758189600500, { payload: 'done', timestamp: 1758189600.5 }],
    ]);
  });

  test('a batch may hold its events as one list, under data or payload, and single instead of listed', () => {
    const list = [{ type: 'agent_started' }, { type: 'agent_thinking' }, 7];
    expect(kinds({ type: 'event_batch', events: list })).toEqual(['agent_started', 'agent_thinking', 'unreadable']);
    expect(read({ type: 'event_batch', events: [7] })).toEqual([
      { kind: 'unreadable', reason: 'an event of a batch is an object, this is a number' },
    ]);
    expect(kinds({ type: 'event_batch', data: { events: { reasoning: { reasoning: 'so' } } } })).toEqual([
      'agent_thinking',
    ]);
  });

  test('an empty batch is a note', () => {
    const note = [{ kind: 'note', type: 'event_batch' }];
    for (const events of [{}, [], null, 'none', undefined]) expect(read({ type: 'event_batch', events })).toEqual(note);
  });

  test('a list is its messages; what is no message among them is unreadable by itself', () => {
    expect(kinds([{ type: 'agent_started' }, null, [{ type: 'agent_started' }], { type: 'pong' }])).toEqual([
      'agent_started',
      'unreadable',
      'unreadable',
      'application-pong',
    ]);
  });
});

describe('a frame that is no message', () => {
  test.each([
    ['', 'an empty frame'],
    [' \n', 'an empty frame'],
    ['pong', 'not JSON (4 characters)'],
    ['{"type":"agent_started"', 'not JSON (23 characters)'],
    ['{"type":NaN}', 'not JSON (12 characters)'],
    ['null', 'a message is an object, this is null'],
    ['"agent_started"', 'a message is an object, this is a string'],
    ['42', 'a message is an object, this is a number'],
    ['[]', 'an empty list holds no message'],
    ['[[]]', 'a message is an object, this is a list'],
    ['{}', 'a message without a type'],
    ['{"type":""}', 'a message without a type'],
    ['{"type":7,"event":"agent_started"}', 'a message without a type'],
    ['{"type":["agent_started"]}', 'a message without a type'],
    ['{"event":""}', 'a message without a type'],
  ])('%j is unreadable', (text, reason) => {
    expect(decode(text, 'from-target')).toEqual([{ kind: 'unreadable', reason }]);
    expect(decode(text, 'to-target')).toEqual([{ kind: 'unreadable', reason }]);
  });

  test('a message without a type is known by the word it has instead', () => {
    expect(read({ event: 'thread_renamed' })).toEqual([{ kind: 'note', type: 'thread_renamed' }]);
  });
});

test('what we send ourselves is never one of the five', () => {
  expect(decode('{"type":"agent_started"}', 'to-target')).toEqual([{ kind: 'note', type: 'agent_started' }]);
});

describe('whatever the text', () => {
  const words = fc.constantFrom(
    'type',
    'event',
    'event_type',
    'events',
    'data',
    'payload',
    'error',
    'status',
    '__proto__',
  );
  const values = fc.constantFrom(
    'agent_started',
    'event_batch',
    'system_message',
    'error',
    'reasoning',
    'agent_completed',
  );
  const { hostile } = fc.letrec((tie) => ({
    hostile: fc.oneof(
      { maxDepth: 5 },
      values,
      fc.jsonValue(),
      fc.array(tie('hostile'), { maxLength: 4 }),
      fc.array(fc.tuple(words, tie('hostile')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));

  test('decoding never throws and always means something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => decode(text, 'from-target').length > 0),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => decode(text, 'from-target').length > 0),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(hostile, (value) => read(value).length > 0),
      { numRuns: 5000 },
    );
  });

  test('an unreadable frame is never quoted', () => {
    const quoted = fc.string({ minLength: 5, unit: 'grapheme' }).filter((text) => text.trim().length > 4);
    fc.assert(
      fc.property(quoted, (secret) => {
        for (const text of [
          `{${secret}`,
          `\u0000${secret}`,
          JSON.stringify([secret]),
          JSON.stringify({ [secret]: secret }),
        ])
          for (const meaning of decode(text, 'from-target'))
            if (meaning.kind === 'unreadable') expect(meaning.reason).not.toContain(secret);
      }),
    );
  });

  test('depth and breadth do not overflow anything', () => {
    const depth = 200_000;
    expect(kinds(null)).toEqual(['unreadable']);
    for (const text of [
      '['.repeat(depth) + ']'.repeat(depth),
      `${'{"type":"agent_started","data":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      JSON.stringify(Array.from({ length: depth }, () => 1)),
      JSON.stringify({ type: 'event_batch', events: { agent_started: Array.from({ length: depth }, () => ({})) } }),
    ])
      expect(decode(text, 'from-target').length).toBeGreaterThan(0);
  });
});
