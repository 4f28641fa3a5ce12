import { describe, expect, it } from 'vitest';
import {
  saysAuth,
  saysConnectionCap,
  saysIdle,
  saysLogin,
  saysNotReady,
  saysOrigin,
  saysRefused,
  saysServiceNotReady,
  saysStartupTimeout,
  saysWait,
} from './wording.ts';

type Table = readonly (readonly [says: (text: string) => boolean, yes: readonly string[], no: readonly string[]])[];

const TABLE: Table = [
  [
    saysLogin,
    ['https://x/login?next=/ws', '/sign-in', 'https://accounts.x.dev/a', '/oauth2/start'],
    ['/ws', '/blogging'],
  ],
  [
    saysServiceNotReady,
    ['service not ready', 'Services not ready', 'Service not ready: agent_supervisor', 'the server is not yet ready'],
    ['not ready', 'tool not ready', 'Service initialization failed', 'service ready', 'services: cache not ready'],
  ],
  [
    saysNotReady,
    [
      ...[
        'not ready',
        'not-ready',
        'NOT_READY',
        'notready',
        'the service is not yet ready',
        'not_yet_ready',
        'not-yet-ready',
      ],
      ...['still initializing', 'initialising', 'Service initialization failed', 'initialisation'],
      ...['startup', 'start up', 'start-up', 'start_up', 'starting up', 'starting-up', 'starting_up', 'startingup'],
      ...['startup_in_progress', 'Startup phase', 'failed_services: redis', 'warming up'],
      ...['{"ready": false}', '{"is_ready":false}', '{"isready" : false}'],
      ...['{"status":"not ready"}', '{"state":"not-ready"}', '{"phase": "notready"}', '{"status" :"starting"}'],
      ...['{"state":"initializing"}', '{"state":"initialising"}', '{"status":"warming up"}', '{"status":"warming_up"}'],
      ...['{"status":"warmingup"}', '{"phase":"booting"}'],
    ],
    [
      ...['', 'ready', 'knot ready', 'not readying', 'initial value', 'restart', 'kickstart upper', 'startups'],
      ...['initialization vector mismatch in cipher', 'Agent initialization error', 'tool initialisation failed'],
      ...['{"ready":true}', '{"ready":falsehood}', '{"status":"started"}', '{"already":false}', 'cannot be read'],
    ],
  ],
  [
    saysStartupTimeout,
    ['Startup timeout', 'start-up timeout after 30 s'],
    ['timeout', 'startup', 'startup timeouts', 'upstartup timeout'],
  ],
  [saysOrigin, ['Origin not allowed', 'bad origin'], ['original', 'aboriginal', '']],
  [
    saysConnectionCap,
    [
      ...['too many connections', 'Too many open sockets', 'max connections reached', 'maximum of 20 connections'],
      ...['limit of one connection', 'too many simultaneous web socket'],
      ...['connection limit', 'connections exceeded', 'socket cap reached', 'sockets: too many', 'connection quota'],
      ...['MAX_CONNECTIONS_PER_USER', 'too many active sessions', 'too many sessions'],
      ...[
        '10 active connections',
        '3 open sockets',
        '21 concurrent websocket connections',
        '2 existing web socket sessions',
      ],
      ...['5 live open session', 'user has 12 simultaneous connection'],
      `limit ${'x'.repeat(38)} connections`,
      `connections ${'x'.repeat(38)} limit`,
      `too many ${'x'.repeat(28)} sessions`,
    ],
    [
      ...['', 'connection refused', 'limit', 'too many requests', 'maximal connectivity', 'disconnections limited'],
      ...['connection pool limit', 'connectionpool: too many connections', 'too many database connections'],
      ...['redis: max number of connections', 'too many clients: postgresql connections', 'mysql connection limit'],
      ...['pymysql: too many connections', 'mongodb connection limit', 'too many connections for role "app"'],
      ...['connection time-out limit', 'connection timeout limit', 'connection time out limit', 'LLM connection limit'],
      ...['10 connections', 'ten active connections', '10 active users'],
      `limit ${'x'.repeat(60)} connections`,
      `connections ${'x'.repeat(60)} limit`,
      `too many ${'x'.repeat(60)} sessions`,
    ],
  ],
  [
    saysAuth,
    [
      ...['auth', 'AUTH_FAILED', 'auth_failed', 'unauth', 'Authentication failed', 'unauthenticated', 'authenticate'],
      ...['authorized', 'unauthorised', 'Authorization', 'authorisation required', 'authorize'],
      ...['token expired', 'a token', 'NO_TOKEN', 'TOKEN_EXPIRED', 'JWT malformed', 'credential', 'bad credentials'],
      ...['not logged in', 'please login', 'log in first', 'LOGIN_REQUIRED'],
    ],
    [
      ...['', 'author', 'authors', 'the author', 'tokens', 'token limit', 'token budget', 'token count', 'token usage'],
      ...['blog inn', 'logged', 'credentialed', 'authentic_', 'jwts'],
    ],
  ],
  [
    saysRefused,
    [
      ...['Authentication failed', 'Authentication failed: token expired', 'No token provided', 'NO_TOKEN'],
      ...['Invalid or expired JWT', 'Token validation failed', 'token is invalid', 'the access token has expired'],
      ...['TOKEN_EXPIRED', 'AUTH_FAILED', 'credentials rejected', 'invalid credentials', 'token revoked'],
      ...['Unauthorized', '401 Unauthorized', 'unauthorised: sign in', 'not authenticated', 'please log in'],
      ...['authentication required', 'JWT signature mismatch', 'missing token', 'bad credentials', 'LOGIN_REQUIRED'],
    ],
    [
      ...['', "JSONDecodeError: Unexpected token '<' in JSON at position 0", "KeyError: 'token'", 'a token', '401'],
      ...[
        "'NoneType' object has no attribute 'token'",
        'OpenAI: 401 Unauthorized, invalid API key',
        'tokenizer failed',
      ],
      ...[
        'Unauthorized: provider rejected the key',
        'jwt module crashed',
        'JWT library missing',
        'token limit exceeded',
      ],
      ...['access token of the spend API expired', 'upstream: authentication failed', 'author field missing'],
      ...['auth_service circuit breaker open', 'unexpected token } in JSON', 'unauthorized tool', 'message too long'],
    ],
  ],
  [
    saysIdle,
    [
      'idle',
      'idle connection',
      'stale',
      'inactive',
      'inactivity',
      'inactiv',
      'timed out',
      'timeout',
      'time out',
      'timedout',
    ],
    ['', 'idler', 'staleness', 'Startup timeout', 'start-up timeout: idle', 'times out', 'timing out', 'retime outer'],
  ],
  [
    saysWait,
    [
      ...['circuit open', 'the breaker is open', 'rate limit', 'rate_limited', 'rate-limit', 'ratelimit', 'throttled'],
      ...['throttling', 'too many requests', 'too many attempts', 'too many failures', 'too many tries'],
    ],
    ['', 'circuits', 'breakers', 'a rated limit', 'too many connections', 'too many', 'unthrottled'],
  ],
];

describe.each(TABLE.map(([says, yes, no]) => ({ name: says.name, says, yes, no })))('$name', ({ says, yes, no }) => {
  it.each(yes)('is so of %j', (text) => {
    expect(says(text)).toBe(true);
    expect(says(text.toUpperCase())).toBe(true);
  });

  it.each(no)('is not so of %j', (text) => {
    expect(says(text)).toBe(false);
  });
});

it('a cap on connections may be named as programs name it', () => {
  expect(saysConnectionCap('maxConnectionsPerUser')).toBe(true);
  expect(saysConnectionCap('maxPoolConnections')).toBe(false);
});
