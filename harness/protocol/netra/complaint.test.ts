import { describe, expect, it, test } from 'vitest';
import { decode } from './decode.ts';

const meaningOf = (message: unknown) => decode(JSON.stringify(message), 'from-target')[0];

it.each([
  ['TOOL_SERVICE_INIT', 'x', 'run'],
  ['TOOL_STARTUP_FAILED', 'x', 'run'],
  ['TOOL_CONNECTION_FAILED', 'x', 'run'],
  ['AGENT_FAILED', 'not authenticated', 'run'],
  ['NO_AGENT_LEFT', 'not authenticated', 'auth'],
  ['JSON_PARSE_ERROR_OF_TOKEN', 'not authenticated', 'auth'],
])('the code %s says by its beginning what it is about', (error_code, error_message, topic) => {
  expect(meaningOf({ type: 'error_message', error_code, error_message })).toMatchObject({ kind: 'error', topic });
});

describe('an error message in each shape', () => {
  test.each([
    [
      { type: 'error_message', error_code: 'AUTH_FAILED', error_message: 'no entry', details: null, timestamp: 1 },
      { code: 'AUTH_FAILED', message: 'no entry', topic: 'auth' },
    ],
    [
      {
        type: 'error_message',
        data: {
          error_code: 'CONNECTION_ERROR',
          error_message: 'broken',
          details: { error_type: 'AttributeError', mode: 'main' },
        },
      },
      { code: 'CONNECTION_ERROR', message: 'broken', topic: 'connection' },
    ],
    [
      { type: 'error_message', error_code: 'AGENT_REQUEST_ERROR', error_message: 'unauthorized name', timestamp: 1 },
      { code: 'AGENT_REQUEST_ERROR', message: 'unauthorized name', topic: 'run' },
    ],
    [
      { type: 'error_message', error_code: 'SERVICE_INIT_FAILED', error_message: 'later' },
      { code: 'SERVICE_INIT_FAILED', message: 'later', topic: 'not-ready' },
    ],
    [
      { type: 'error_message', error_code: 'JSON_PARSE_ERROR', error_message: 'Invalid JSON format' },
      { code: 'JSON_PARSE_ERROR', message: 'Invalid JSON format', topic: 'run' },
    ],
    [
      { type: 'error', message: 'no such agent' },
      { code: null, message: 'no such agent', topic: 'run' },
    ],
    [
      { type: 'error', payload: { error: 'no such agent' } },
      { code: null, message: 'no such agent', topic: 'run' },
    ],
    [
      { type: 'error', error: { code: 'TOKEN_EXPIRED', message: 'too old', timestamp: 1 }, request_id: 'q' },
      { code: 'TOKEN_EXPIRED', message: 'too old', topic: 'auth' },
    ],
    [
      {
        type: 'authentication_error',
        event: 'auth_failed',
        error: 'expired',
        error_code: 'VALIDATION_FAILED',
        timestamp: 1,
        retry_allowed: true,
        ssot_authenticated: false,
      },
      { code: 'VALIDATION_FAILED', message: 'expired', topic: 'auth' },
    ],
    [
      {
        type: 'connection_error',
        data: {
          message: 'lost',
          event_type: 'agent_started',
          user_friendly_message: 'oh',
          severity: 'high',
          support_code: 'S1',
        },
        timestamp: 1,
        critical: true,
      },
      { code: null, message: 'lost', topic: 'platform' },
    ],
    [
      { type: 'system_error', data: { user_friendly_message: 'something broke', severity: 'high' }, critical: true },
      { code: null, message: 'something broke', topic: 'run' },
    ],
    [
      { type: 'error', reason: 'so' },
      { code: null, message: 'so', topic: 'run' },
    ],
    [
      { type: 'error', detail: 'so' },
      { code: null, message: 'so', topic: 'run' },
    ],
    [
      { type: 'error', code: 'FORBIDDEN', detail: 'so' },
      { code: 'FORBIDDEN', message: 'so', topic: 'auth' },
    ],
    [
      { type: 'error', code: 'CONNECTION_NOT_READY', message: 'invalid token' },
      { code: 'CONNECTION_NOT_READY', message: 'invalid token', topic: 'not-ready' },
    ],
    [
      { type: 'error', error: { error_code: 'AUTH_FAILED', error: 'so' } },
      { code: 'AUTH_FAILED', message: 'so', topic: 'auth' },
    ],
    [
      { type: 'error', error_code: 'E7' },
      { code: 'E7', message: 'E7', topic: 'run' },
    ],
    [
      { type: 'error', error: {} },
      { code: null, message: 'error without a message', topic: 'run' },
    ],
    [
      { type: 'error', error: { code: 401 } },
      { code: '401', message: '401', topic: 'run' },
    ],
  ])('%j', (message, complaint) => {
    expect(meaningOf(message)).toMatchObject({ kind: 'error', ...complaint });
  });
});

describe('an error message without a known code is about what its words are about', () => {
  test.each([
    ['Authentication failed', 'auth'],
    ['authentication required', 'auth'],
    ['Invalid token', 'auth'],
    ['the token has expired', 'auth'],
    ['JWT signature mismatch', 'auth'],
    ['Unauthorized', 'auth'],
    ['Service not ready: agent_supervisor', 'not-ready'],
    ['service initialization failed', 'not-ready'],
    ['still initialising', 'not-ready'],
    ['the backend is starting up', 'not-ready'],
    ['Too many connections for this user', 'connection'],
    ['connection limit reached', 'connection'],
    ['the model has no credentials for the cost API', 'run'],
    ['token limit exceeded: 128000 tokens', 'run'],
    ['the database connection failed', 'run'],
    ['agent initialization failed', 'run'],
    ['the author of the thread is unknown', 'run'],
    ['unauthorized, and the service is not ready', 'auth'],
    ['a service not ready for too many connections', 'not-ready'],
    ['no tokenizer for this model', 'run'],
    ['the cannot readyState of nothing', 'run'],
    ['the preauthentication error rate', 'run'],
    ['Unauthorized: provider rejected the key', 'run'],
    ['OpenAI: 401 Unauthorized: invalid API key', 'run'],
    ["Unexpected token '<' in JSON at position 0", 'run'],
    ["KeyError: 'token'", 'run'],
    ['jwt module crashed', 'run'],
    ['upstream LLM: authentication failed', 'run'],
    ['too many connections to redis', 'run'],
    ['Origin not allowed', 'connection'],
  ])('%s: %s', (message, topic) => {
    expect(meaningOf({ type: 'error', message })).toMatchObject({ kind: 'error', topic });
  });
});
