import { describe, expect, it } from 'vitest';
import { answerOf, keptHeaders } from './answer.ts';
import { newTraceId, traceparent } from './trace.ts';
import { shown, troubleOf } from './trouble.ts';
import { userAgent, version } from './version.ts';

const coded = (code: unknown, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { code }, more);

describe('trouble', () => {
  it('is the code and the words of the innermost error', () => {
    const cause = coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');
    expect(troubleOf(new TypeError('fetch failed', { cause }), 'tcp')).toEqual({
      phase: 'tcp',
      code: 'ECONNREFUSED',
      message: 'fetch failed; connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it('unwraps an aggregate without a message', () => {
    const errors = [
      coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'),
      coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'),
    ];
    expect(troubleOf(new AggregateError(errors), 'tcp')).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it.each([
    ['HANG_UP', coded('ECONNRESET', 'socket hang up')],
    ['HANG_UP', coded('UND_ERR_SOCKET', 'other side closed')],
    ['TLS_EOF', coded('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established')],
    ['ECONNRESET', coded('ECONNRESET', 'read ECONNRESET')],
    ['UNKNOWN', coded(23, 'The operation was aborted due to timeout')],
    ['UNKNOWN', 'a string'],
    ['UNKNOWN', undefined],
    ['UNKNOWN', null],
    ['UNKNOWN', {}],
  ])('has the code %s', (code, error) => {
    const trouble = troubleOf(error, 'health');
    expect(trouble.code).toBe(code);
    expect(trouble.message).not.toBe('');
  });

  it.each([
    [
      'write EPROTO 40B3AF84F67F0000:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../deps/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 40\n',
      'write EPROTO sslv3 alert handshake failure: SSL alert number 40',
    ],
    [
      '00C8E2F7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl/record/ssl3_record.c:355:\n',
      'wrong version number',
    ],
    ['no report: error: at all', 'no report: error: at all'],
  ])('leaves the inside of OpenSSL out', (raw, message) => {
    expect(troubleOf(coded('EPROTO', raw), 'tls').message).toBe(message);
  });

  it('ends on errors that cause themselves', () => {
    const circular = coded('ELOOP', 'round');
    circular.cause = circular;
    expect(troubleOf(circular, 'dns')).toMatchObject({ code: 'ELOOP', message: 'round' });
  });

  it('shows no query, fragment or credentials of a URL', () => {
    const text = shown('Invalid URL: wss://me:canary@host.example:8/ws?token=canary#canary, and "http://b/?k=canary"');
    expect(text).toBe('Invalid URL: wss://host.example:8/ws and "http://b/"');
  });
});

describe('an answer', () => {
  it('keeps the headers that tell who answered, in lower case, and no other', () => {
    const headers = {
      Server: 'nginx',
      'Set-Cookie': ['canary'],
      Via: ['1.1 a', '1.1 b'],
      Location: 'https://u:canary@h/x?token=canary',
      date: undefined,
    };
    expect(keptHeaders(headers)).toEqual({ server: 'nginx', via: '1.1 a, 1.1 b', location: 'https://h/x' });
    // The recorder cuts it to 512, after redaction.
    expect(answerOf(503, {}, 'x'.repeat(9000)).bodyHead).toHaveLength(4096);
  });
});

describe('our traffic', () => {
  it('belongs to one trace, with a span of its own per request', () => {
    const trace = newTraceId();
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    const [one, two] = [traceparent(trace), traceparent(trace)];
    expect(one).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(one).not.toBe(two);
  });

  it('names itself without the words that targets route on', () => {
    expect(version()).toMatch(/^\d+\.\d+\.\d+/);
    expect(userAgent()).toBe(`agent-event-harness/${version()}`);
    expect(userAgent()).not.toMatch(/factory|isolated|test|e2e/i);
  });
});
