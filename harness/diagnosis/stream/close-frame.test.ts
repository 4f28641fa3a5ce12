import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const opened = () => timeline().credentialed('mint').opened();
const midRun = () => opened().welcomed().asked().event('agent_started');

describe('a connection that was closed with a frame before its end', () => {
  it.each([
    [1000, 'main cleanup', 'closed-early', 'application'],
    [1005, '', 'closed-early', 'application'],
    [1001, '', 'connection-lost', 'infrastructure'],
    [1012, '', 'connection-lost', 'infrastructure'],
    [1013, '', 'connection-lost', 'infrastructure'],
    [1014, '', 'connection-lost', 'infrastructure'],
    [1011, 'Processing error', 'closed-with-error', 'application'],
    [1011, '', 'closed-with-error', 'application'],
    [1011, 'main mode error', 'closed-with-error', 'application'],
    [1011, 'keepalive ping timeout', 'closed-with-error', 'application'],
    [1002, '', 'closed-with-error', 'application'],
    [1003, 'No supported subprotocols', 'closed-with-error', 'application'],
    [1007, '', 'closed-with-error', 'application'],
    [1008, 'Authentication failed', 'credentials-refused', 'harness'],
    [1008, 'Origin not allowed', 'origin-refused', 'infrastructure'],
    [1008, 'message rate exceeded', 'closed-with-error', 'application'],
    [1009, 'message too big', 'closed-with-error', 'application'],
    [1010, '', 'closed-with-error', 'application'],
    [3001, '', 'closed-with-error', 'application'],
    [4401, 'unauthorized', 'closed-with-error', 'application'],
    [4999, '', 'closed-with-error', 'application'],
  ] as const)('%i %j in the middle of a run is %s', (code, reason, cause, domain) => {
    expect(diagnosed(midRun().wait(7).closed(code, reason).settled('closed'))).toMatchObject({
      cause,
      domain,
      phase: 'stream',
    });
  });

  it.each([
    [1001, 'Startup timeout', 'not-ready', 'connection-lost'],
    [1013, 'service not ready', 'not-ready', 'not-ready'],
    [1013, 'warming up', 'not-ready', 'connection-lost'],
    [1013, 'connection limit exceeded', 'connection-limit', 'connection-lost'],
    [1011, 'Service not ready: agent_supervisor', 'not-ready', 'not-ready'],
    [1011, 'tool not ready', 'not-ready', 'closed-with-error'],
    [1011, 'Service initialization failed', 'not-ready', 'closed-with-error'],
    [1011, 'Token validation failed', 'credentials-refused', 'closed-with-error'],
    [1002, 'auth state invalid', 'closed-with-error', 'closed-with-error'],
    [1002, 'invalid token', 'credentials-refused', 'closed-with-error'],
    [1008, 'too many connections', 'connection-limit', 'closed-with-error'],
    [1011, "KeyError: 'token'", 'closed-with-error', 'closed-with-error'],
    [1011, 'OpenAI: 401 Unauthorized, invalid API key', 'closed-with-error', 'closed-with-error'],
    [1011, 'postgres: too many connections', 'closed-with-error', 'closed-with-error'],
    [1011, 'initialization vector mismatch in cipher', 'closed-with-error', 'closed-with-error'],
  ] as const)('%i %j is %s before any event, and %s after one', (code, reason, before, after) => {
    const asked = opened().welcomed().asked().wait(7).closed(code, reason).settled('closed');
    expect(diagnosed(asked)).toMatchObject({ cause: before });
    expect(diagnosed(midRun().wait(7).closed(code, reason).settled('closed'))).toMatchObject({ cause: after });
  });

  it('refuses who was let in before where the token has run out since, or by 1008 in so many words', () => {
    const begun = (expiresAtMs: number | null) =>
      timeline().credentialed('mint', expiresAtMs).opened().welcomed().asked().event('agent_started');
    const startedMs = Date.parse(begun(null).run().header.startedAt);
    const expired = begun(startedMs).wait(7).closed(1011, 'token expired').settled('closed');
    expect(diagnosed(expired)).toMatchObject({ cause: 'credentials-refused', confidence: 'certain' });
    const policy = midRun().closed(1008, 'Authentication failed').settled('closed');
    expect(diagnosed(policy)).toMatchObject({ cause: 'credentials-refused', confidence: 'likely' });
  });

  it('is likely about our Origin where the reason says so and no other Origin was tried', () => {
    expect(diagnosed(opened().closed(1008, 'Origin not allowed'))).toMatchObject({
      cause: 'origin-refused',
      confidence: 'likely',
    });
  });

  it('says what to do about a close before the request, where no run is under way', () => {
    expect(diagnosed(opened().welcomed().closed(1000))?.hint).not.toContain('run is under way');
    expect(diagnosed(midRun().closed(1000).settled('closed'))?.hint).toContain('run is under way');
  });

  it('says with what, where and when', () => {
    const found = diagnosed(midRun().closed(1012).settled('closed'));
    expect(found?.summary).toBe(
      'the target closed with 1012 service restart in the middle of run run-1, 13 ms after it opened',
    );
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['opened', 'received', 'closed']);
    expect(diagnosed(opened().closed(1011, 'boom'))?.summary).toContain(
      '1011 internal error "boom" before the welcome',
    );
    expect(diagnosed(opened().welcomed().closed(1000))).toMatchObject({ cause: 'closed-early' });
    expect(diagnosed(opened().welcomed().closed(1000))?.summary).toContain('before the request');
  });

  it('is a refusal by 1008 without a word before any event, and another policy after one', () => {
    expect(diagnosed(opened().closed(1008))).toMatchObject({
      cause: 'credentials-refused',
      confidence: 'likely',
      phase: 'welcome',
    });
    expect(diagnosed(midRun().closed(1008).settled('closed'))).toMatchObject({
      cause: 'closed-with-error',
      confidence: 'likely',
    });
  });

  it('is another policy by 1008 without a word in a second question too, unless the token has run out since', () => {
    const second = (expiresAtMs: number | null) =>
      timeline()
        .credentialed('mint', expiresAtMs)
        .opened()
        .welcomed()
        .asked()
        .five()
        .settled()
        .asked('t2')
        .closed(1008);
    expect(diagnosed(second(null).settled('closed', 't2'))?.cause).toBe('closed-with-error');
    const startedMs = Date.parse(second(null).run().header.startedAt);
    expect(diagnosed(second(startedMs).settled('closed', 't2'))).toMatchObject({
      cause: 'credentials-refused',
      confidence: 'likely',
    });
  });

  it('is the application that refuses what its own auth service issued', () => {
    const found = diagnosed(timeline().credentialed('simulate').opened().closed(1008, 'Authentication failed'));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'application' });
  });

  it('is a refusal of us where no token was sent', () => {
    const found = diagnosed(timeline().opened().closed(1008, 'Authentication failed'));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'certain' });
    expect(found?.hint).toContain('no token was sent');
  });

  it.each([
    [4401, ''],
    [4403, 'no'],
    [3000, 'unauthorized'],
  ])('may be about the token where the application closes %i %j', (code, reason) => {
    const found = diagnosed(opened().closed(code, reason));
    expect(found).toMatchObject({ cause: 'closed-with-error', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['credentials-refused']);
    expect(diagnosed(timeline().opened().closed(code, reason))?.rivals[0]?.check).toContain('JWT_SECRET_KEY');
    expect(diagnosed(opened().closed(4999, 'no'))).toMatchObject({ confidence: 'certain', rivals: [] });
  });

  it('is a matter of clocks where the 101 was dated past our expiry', () => {
    const found = diagnosed(
      timeline()
        .credentialed('mint', Date.parse('2026-01-02T03:09:00Z'))
        .opened({ date: 'Fri, 02 Jan 2026 03:14:06 GMT' })
        .closed(1008, 'token expired'),
    );
    expect(found?.cause).toBe('clock-skew');
  });

  it('is our own stall where we owed the pong that a server waited for', () => {
    const stalled = (lateByMs: number) => midRun().wait(30_000).note({ kind: 'stalled', lateByMs, frozen: true });
    const found = diagnosed(stalled(25_000).wait(5).closed(1011, 'keepalive ping timeout').settled('closed'));
    expect(found).toMatchObject({ cause: 'harness-stalled', domain: 'harness', answeredBy: 'client' });
    const little = stalled(140).wait(5).closed(1011, 'keepalive ping timeout').settled('closed');
    expect(diagnosed(little)?.cause).toBe('closed-with-error');
    const before = opened().note({ kind: 'stalled', lateByMs: 3, frozen: false }).welcomed().asked().wait(100_000);
    expect(diagnosed(before.closed(1011, 'keepalive ping timeout').settled('closed'))).toMatchObject({
      cause: 'closed-with-error',
      confidence: 'likely',
    });
  });

  it('explains nothing once the run has ended well, by our own close, or after our own fault', () => {
    const ended = opened().welcomed().asked().five().settled();
    expect(diagnosed(ended.wait(100).closed(1012))).toBeNull();
    const left = midRun().note({ kind: 'closing', code: 1000 }).closed(1000);
    expect(diagnosed(left)?.cause).toBe('nothing-judged');
    const cut = midRun()
      .note({ kind: 'faulted', fault: 'sever-after', towards: 'client' })
      .wait(5000)
      .closed(1001)
      .settled('closed');
    expect(diagnosed(cut)?.cause).toBe('run-stalled');
    const slowed = opened()
      .note({ kind: 'faulted', fault: 'latency', towards: 'client' })
      .wait(5000)
      .welcomed()
      .asked();
    expect(diagnosed(slowed.closed(1012).settled('closed'))?.cause).toBe('connection-lost');
  });

  it('ends a run that completed only in part where the connection then broke', () => {
    const two = () => midRun().event('agent_started', { agent_name: 'other' }).event('agent_completed');
    expect(diagnosed(two().closed(1012).settled('closed'))?.cause).toBe('connection-lost');
    expect(diagnosed(two().closed(1000).settled('closed'))?.cause).toBe('event-missing');
    expect(
      diagnosed(two().event('agent_completed', { agent_name: 'other' }).closed(1012).settled('closed'))?.cause,
    ).toBe('event-missing');
  });

  it('explains nothing where we had given up before', () => {
    expect(diagnosed(midRun().gaveUp('gap', 90_000).closed(1011).settled('closed'))?.cause).toBe('run-stalled');
  });

  it('is cut by a limit where the peer says idle or goes away at a round age', () => {
    const at = (ms: number, code: number, reason: string) =>
      midRun()
        .wait(ms - 13)
        .closed(code, reason)
        .settled('closed');
    expect(diagnosed(at(300_000, 1001, ''))).toMatchObject({ cause: 'idle-cut', domain: 'infrastructure' });
    expect(diagnosed(at(300_000, 1000, 'idle timeout'))?.cause).toBe('idle-cut');
    expect(diagnosed(at(300_000, 1000, 'main cleanup'))?.cause).toBe('closed-early');
    expect(diagnosed(at(250_000, 1001, ''))?.cause).toBe('connection-lost');
    expect(diagnosed(at(250_000, 1000, 'idle timeout'))?.cause).toBe('closed-early');
  });
});
