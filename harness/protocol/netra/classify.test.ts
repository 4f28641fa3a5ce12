import { describe, expect, test } from 'vitest';
import { decode } from './decode.ts';

const meaningOf = (message: unknown) => decode(JSON.stringify(message), 'from-target')[0];

describe('a welcome', () => {
  test('has the ids and the stamp that it came with, truncated or not', () => {
    const data = {
      mode: 'main',
      user_id: 'abcdefgh...',
      connection_id: 'main_1',
      timestamp: '2025-09-18T10:00:00.000+00:00',
    };
    const stamp = { atMs: Date.UTC(2025, 8, 18, 10), resolutionMs: 1 };
    const welcome = { kind: 'welcome', connectionId: 'main_1', userId: 'abcdefgh...', stamp };
    const envelope = { data, timestamp: 1758189600.5, server_id: null, correlation_id: null };
    expect(meaningOf({ type: 'connection_established', ...envelope })).toEqual(welcome);
    expect(meaningOf({ type: 'connect', ...envelope })).toEqual(welcome);
  });

  test('may have nothing at all', () => {
    const bare = { kind: 'welcome', connectionId: null, userId: null, stamp: null };
    expect(meaningOf({ type: 'connection_established' })).toEqual(bare);
    expect(
      meaningOf({ type: 'system_message', data: { event: 'connection_established', connection_ready: true } }),
    ).toEqual(bare);
  });

  test('is not what a probe, a resemblance or an acknowledgement is', () => {
    for (const type of ['handshake_validation', 'connection_ready', 'connected', 'session_acknowledged'])
      expect(meaningOf({ type, validation_id: 'v' })).toEqual({ kind: 'note', type });
  });
});

test.each([
  [
    { type: 'handshake_response', thread_id: 't', run_id: 'r', request_id: 'q', session_token: '…', message: 'hello' },
    { kind: 'handshake', threadId: 't', runId: 'r' },
  ],
  [{ type: 'handshake_response' }, { kind: 'handshake', threadId: null, runId: null }],
  [{ type: 'handshake_complete' }, { kind: 'handshake-complete' }],
  [{ type: 'heartbeat', data: { connection_id: 'c', stats: {} }, timestamp: 1 }, { kind: 'heartbeat' }],
  [{ type: 'ping', timestamp: 1 }, { kind: 'application-ping' }],
  [{ type: 'pong', data: { timestamp: 1, user_id: 'u' } }, { kind: 'application-pong' }],
  [{ type: 'heartbeat_ack', timestamp: 1, status: 'healthy' }, { kind: 'application-pong' }],
  [
    { type: 'ack', received_type: 'user_message', status: 'acknowledged' },
    { kind: 'ack', receivedType: 'user_message' },
  ],
  [
    { type: 'ack', data: { received_type: 'message_create' } },
    { kind: 'ack', receivedType: 'message_create' },
  ],
  [{ type: 'ack' }, { kind: 'ack', receivedType: null }],
  [
    { type: 'tool_error', tool_name: 'query', data: { execution_id: 'x' } },
    { kind: 'tool-failed', tool: 'query', callId: 'x' },
  ],
  [
    { type: 'tool_error', payload: { error: 'no' } },
    { kind: 'tool-failed', tool: null, callId: null },
  ],
  [
    { type: 'agent_fallback', data: { message: 'a canned answer' } },
    { kind: 'fallback', type: 'agent_fallback', message: 'a canned answer' },
  ],
  [
    { type: 'system_shutdown', message: 'restarting', timestamp: 1, reconnect_delay: 2000 },
    { kind: 'shutdown', message: 'restarting' },
  ],
  [{ type: 'server_shutdown' }, { kind: 'shutdown', message: 'server_shutdown without a message' }],
])('%j', (message, meaning) => {
  expect(meaningOf(message)).toEqual(meaning);
});

describe('a run that says of itself that it failed', () => {
  test.each(['agent_error', 'agent_failed', 'agent_timeout_failure', 'agent_death'])('%s, flat or nested', (type) => {
    const failed = { kind: 'run-failed', type, agent: null, runId: null, message: 'the model is gone' };
    expect(meaningOf({ type, run_id: 'r', error: 'the model is gone' })).toEqual({ ...failed, runId: 'r' });
    expect(meaningOf({ type, data: { error_message: 'the model is gone', status: 'error' } })).toEqual(failed);
    expect(meaningOf({ type, payload: { error: { message: 'the model is gone' } } })).toEqual(failed);
    const named = { type, data: { agent_name: 'triage', error: 'the model is gone' } };
    expect(meaningOf(named)).toEqual({ ...failed, agent: 'triage' });
  });

  test('a death is known by its cause', () => {
    const death = { type: 'agent_death', data: { death_cause: 'no_heartbeat', status: 'dead' } };
    expect(meaningOf(death)).toEqual({
      kind: 'run-failed',
      type: 'agent_death',
      agent: null,
      runId: null,
      message: 'no_heartbeat',
    });
  });
});

test.each([
  'agent_progress',
  'agent_update',
  'agent_task_ack',
  'agent_response',
  'agent_response_chunk',
  'agent_stopped',
  'agent_timeout_warning',
  'progress_update',
  'custom',
  'tool_started',
  'tool_call',
  'tool_result',
  'stream_chunk',
  'partial_result',
  'final_report',
  'thread_created',
  'typing_acknowledged',
  'token_refreshed',
  'backlog_log',
  'cleanup_complete',
  'quality_metrics',
])('%s is a note', (type) => {
  expect(meaningOf({ type, data: { message: 'x' } })).toEqual({ kind: 'note', type });
});
