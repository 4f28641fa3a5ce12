import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const BYE = { type: 'system_shutdown', message: 'Server is shutting down', timestamp: 1, reconnect_delay: 2000 };
const WRAPPED = { type: 'system_message', data: { event: 'server_shutdown', message: 'Server is shutting down' } };
const LOST = { type: 'connection_error', data: { message: 'Lost backend', severity: 'high' }, critical: true };
const SHUT = { ok: false, answer: answer(503), detail: 'answered 503' };

const asked = (): TimelineBuilder => timeline().opened().welcomed().asked();
const begun = (): TimelineBuilder => asked().event('agent_started');
const silent = (built: TimelineBuilder): TimelineBuilder => built.gaveUp().settled('gave-up');
const rivals = (built: TimelineBuilder): readonly string[] =>
  diagnosed(built)?.rivals.map(({ cause }) => cause) ?? ['nothing is wrong'];

describe('an announced restart, and then silence on an open connection', () => {
  it.each([
    ['run-silent', silent(asked().received(BYE))],
    ['run-stalled', silent(begun().received(BYE))],
    ['run-stalled', silent(begun().received(WRAPPED))],
    ['run-stalled', silent(begun().received({ ...WRAPPED, data: { ...WRAPPED.data, event: 'system_shutdown' } }))],
    ['run-silent', silent(timeline().opened().welcomed().received(BYE).asked())],
    ['welcome-missing', timeline().opened().received(BYE).gaveUp('welcome')],
  ])('may be either: %s, ambiguous', (cause, built) => {
    const found = diagnosed(built);
    expect(found).toMatchObject({ cause, domain: 'application', confidence: 'ambiguous' });
    expect(rivals(built)[0]).toBe('connection-lost');
    expect(found?.summary).toContain('on this connection the target said "Server is shutting down"');
    expect(found?.hint).toMatch(/^the target announced that it goes away: look first for that restart/);
    expect(found?.evidence).toContain(
      built.observations().find((seen) => 'text' in seen && /shutdown/.test(seen.text)),
    );
  });

  it('is a lost connection where nobody is let in any more', () => {
    const found = diagnosed(silent(begun().received(BYE)).probe('fresh-upgrade', SHUT));
    expect(found).toMatchObject({ cause: 'connection-lost', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.summary).toBe(
      'the target said "Server is shutting down" to run run-1, and then nothing more; afterwards answered 503',
    );
  });

  it('is a lost connection where health was well before and is not any more', () => {
    const lived = (before: typeof SHUT | object): TimelineBuilder =>
      silent(begun().probe('backend-health', before, 'health').received(BYE))
        .probe('backend-health', SHUT, 'health')
        .probe('fresh-upgrade');
    expect(diagnosed(lived({ answer: answer(200) }))?.cause).toBe('connection-lost');
    expect(diagnosed(lived(SHUT))).toMatchObject({ cause: 'run-stalled', confidence: 'ambiguous' });
  });

  it('names the loss beside a connection that answers not even pings', () => {
    const dead = begun().received(BYE).gaveUp('gap', 20_000).note({ kind: 'pinged' }).wait(2000).settled('gave-up');
    expect(diagnosed(dead)?.cause).toBe('half-open');
    expect(rivals(dead)).toEqual(['connection-lost', 'process-stalled']);
  });

  it('stands for the questions that follow on that connection', () => {
    const next = asked().received(BYE).five().settled().asked('t2').gaveUp().settled('gave-up', 't2');
    expect(rivals(next)).toEqual(['connection-lost']);
  });

  it('explains nothing where it comes after we gave up, and no agent that says itself that it failed', () => {
    expect(rivals(begun().gaveUp().received(BYE).settled('gave-up'))).toEqual([]);
    const boom = { type: 'agent_error', data: { error: 'boom' } };
    expect(diagnosed(silent(begun().received(BYE).received(boom)))).toMatchObject({
      cause: 'run-failed',
      confidence: 'certain',
    });
  });
});

describe('a lost connection that the target names', () => {
  const ended = (code: number): TimelineBuilder => begun().received(LOST).closed(code).settled('closed');

  it('may be either where silence follows', () => {
    const built = silent(begun().received(LOST));
    const found = diagnosed(built);
    expect(found).toMatchObject({ cause: 'run-failed', domain: 'application', confidence: 'ambiguous' });
    expect(rivals(built)).toEqual(['connection-lost']);
    expect(found?.summary).toBe('the target said "Lost backend" to run run-1');
    expect(found?.hint).toMatch(/^the target says itself that a connection was lost: look first for a restart/);
  });

  it.each([
    [1011, 'closed-with-error'],
    [1000, 'closed-early'],
  ])('may be either where %i follows', (code, cause) => {
    const found = diagnosed(ended(code));
    expect(found).toMatchObject({ cause, confidence: 'ambiguous', rivals: [{ cause: 'connection-lost' }] });
    expect(found?.summary).toContain('on this connection the target said "Lost backend"');
  });

  it('leaves a restart, a reset and a code that names another reason as sure as they are', () => {
    expect(diagnosed(ended(1012))).toMatchObject({ cause: 'connection-lost', confidence: 'certain' });
    expect(diagnosed(ended(1009))).toMatchObject({ cause: 'closed-with-error', confidence: 'certain', rivals: [] });
    const reset = begun().received(LOST).closed(1006, '', 'reset', 'ECONNRESET').settled('closed');
    expect(diagnosed(reset)).toMatchObject({ cause: 'connection-lost', domain: 'infrastructure' });
  });

  it('is over with its question', () => {
    const next = asked().received(LOST).five().settled().asked('t2').gaveUp().settled('gave-up', 't2');
    expect(diagnosed(next)).toMatchObject({ cause: 'run-silent', confidence: 'certain' });
  });

  it('is ours where it names a cap or an origin', () => {
    const says = (message: string) => diagnosed(silent(asked().received({ type: 'connection_error', message })));
    expect(says('too many connections')?.cause).toBe('connection-limit');
    expect(says('origin not allowed')?.cause).toBe('origin-refused');
  });

  it('is the same in the wrapping of a system message', () => {
    const wrapped = { type: 'system_message', data: { ...LOST.data, event: 'connection_error' } };
    expect(rivals(silent(begun().received(wrapped)))).toEqual(['connection-lost']);
  });

  it('is no word of an error message, which the application sends for its own exceptions', () => {
    const error = { type: 'error_message', data: { error_code: 'CONNECTION_ERROR', message: 'AttributeError' } };
    expect(diagnosed(silent(begun().received(error)))).toMatchObject({ cause: 'run-failed', confidence: 'certain' });
  });
});
