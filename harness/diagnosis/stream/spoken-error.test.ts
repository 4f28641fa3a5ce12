import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const says = (type: string, error_code: string | null, message: string) => ({ type, data: { error_code, message } });
const opened = () => timeline().credentialed('mint').opened();
const midRun = () => opened().welcomed().asked();

describe('what the target says before a connection ends', () => {
  it.each([1008, 1011, 1002])('is a refusal where it is about authentication, then %i', (code) => {
    const found = diagnosed(
      opened()
        .received(says('error_message', 'AUTH_FAILED', 'who are you?'))
        .closed(code, 'main mode error'),
    );
    expect(found).toMatchObject({
      cause: 'credentials-refused',
      domain: 'harness',
      phase: 'welcome',
      answeredBy: 'app',
    });
    expect(found?.summary).toBe(
      `the target said "AUTH_FAILED: who are you?" to session alice, then the connection ended (${code} main mode error)`,
    );
  });

  it('is a refusal where it is about authentication and the connection just ends, or stays', () => {
    const error = says('authentication_error', null, 'no');
    expect(diagnosed(opened().received(error).closed(1006, '', 'fin'))?.cause).toBe('credentials-refused');
    expect(diagnosed(opened().received(error).gaveUp('welcome'))?.cause).toBe('credentials-refused');
    const simulated = timeline().credentialed('simulate').opened().received(error).closed(1008);
    expect(diagnosed(simulated)).toMatchObject({ cause: 'credentials-refused', domain: 'application' });
  });

  it('is a refusal of us where no token was sent', () => {
    const error = says('error_message', 'AUTH_FAILED', 'no token');
    const found = diagnosed(timeline().with({ authMode: 'dev-login' }).opened().received(error).closed(1008));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'certain' });
    expect(found?.hint).toMatch(/^no token was sent: set JWT_SECRET_KEY/);
  });

  it('is a matter of clocks where our token has expired there', () => {
    const found = diagnosed(
      timeline()
        .credentialed('simulate', Date.parse('2026-01-02T03:09:00Z'))
        .opened({ date: 'Fri, 02 Jan 2026 03:14:06 GMT' })
        .received(says('error_message', 'TOKEN_EXPIRED', 'expired'))
        .closed(1008),
    );
    expect(found?.cause).toBe('clock-skew');
  });

  it('is not ready where it says so', () => {
    const found = diagnosed(
      opened()
        .received(says('error_message', 'SERVICE_INIT', 'initializing'))
        .closed(1011),
    );
    expect(found).toMatchObject({ cause: 'not-ready', domain: 'infrastructure' });
  });

  it('is a failed run where an error takes the place of events', () => {
    const found = diagnosed(
      midRun()
        .received(says('error', null, 'the model is gone'))
        .gaveUp()
        .settled('gave-up'),
    );
    expect(found).toMatchObject({ cause: 'run-failed', domain: 'application', phase: 'stream' });
    expect(found?.summary).toBe('the target said "the model is gone" to turn t1');
    const agent = midRun()
      .event('agent_started')
      .received({ type: 'agent_error', data: { error: 'boom' } });
    expect(diagnosed(agent.closed(1011).settled('closed'))?.cause).toBe('run-failed');
  });

  it('is quoted by its beginning where it carries a whole traceback', () => {
    const found = diagnosed(
      midRun()
        .received(says('error', null, 'x'.repeat(5000)))
        .gaveUp()
        .settled('gave-up'),
    );
    expect(found?.summary).toBe(`the target said "${'x'.repeat(200)}…" to turn t1`);
  });

  it('leaves a word about the connection to the close frame that follows', () => {
    const word = says('error_message', 'CONNECTION_ERROR', 'AttributeError');
    expect(diagnosed(opened().received(word).closed(1011, 'main mode error'))?.cause).toBe('closed-with-error');
    expect(diagnosed(opened().received(word).closed(1012))?.cause).toBe('connection-lost');
    expect(diagnosed(opened().received(word).closed(1006, '', 'fin'))?.cause).toBe('closed-with-error');
    expect(diagnosed(opened().received(word).gaveUp('welcome'))?.cause).toBe('welcome-missing');
    expect(diagnosed(midRun().received(word).gaveUp().settled('gave-up'))?.cause).toBe('run-failed');
    const capped = says('error_message', 'CONNECTION_REJECTED', 'connection limit reached');
    expect(diagnosed(opened().received(capped).closed(1008))?.cause).toBe('connection-limit');
    const origin = says('error_message', 'CONNECTION_REJECTED', 'origin not on the list');
    expect(diagnosed(opened().received(origin).closed(1008))?.cause).toBe('origin-refused');
  });

  it('is a restart where it says goodbye, and a silence that may be one where it stays', () => {
    const goodbye = { type: 'server_shutdown', data: { message: 'restarting' } };
    expect(diagnosed(midRun().received(goodbye).closed(1006, '', 'fin').settled('closed'))).toMatchObject({
      cause: 'connection-lost',
      confidence: 'likely',
      rivals: [{ cause: 'closed-early' }],
    });
    expect(diagnosed(midRun().received(goodbye).gaveUp().settled('gave-up'))?.cause).toBe('run-silent');
  });

  it('explains nothing once the run has come to its end', () => {
    const error = says('error', null, 'a hiccup');
    expect(diagnosed(midRun().received(error).five().settled().left())).toBeNull();
    const second = midRun().received(error).five().settled().asked('t2').gaveUp().settled('gave-up', 't2');
    expect(diagnosed(second)?.cause).toBe('run-silent');
  });

  it.each(['Authentication failed', 'token expired', 'Service not ready', 'too many connections'])(
    'is about the run where %s comes after an event, without a code',
    (message) => {
      const begun = () => midRun().event('agent_started').received({ type: 'error', message });
      expect(diagnosed(begun().gaveUp().settled('gave-up'))?.cause).toBe('run-failed');
      expect(diagnosed(begun().closed(1011).settled('closed'))?.cause).toBe('run-failed');
      const coded = midRun()
        .event('agent_started')
        .received(says('error_message', 'AUTH_FAILED', message));
      expect(diagnosed(coded.closed(1011).settled('closed'))?.cause).toBe('credentials-refused');
    },
  );

  it('is about the run where it comes in one frame with an event', () => {
    const started = { type: 'agent_started', data: { run_id: 'run-1', agent_name: 'triage' } };
    const both = midRun().received([started, { type: 'error', message: 'Authentication failed' }]);
    expect(diagnosed(both.closed(1011).settled('closed'))?.cause).toBe('run-failed');
  });

  it('is a refusal after an event too where the close says policy, and not a sure one', () => {
    const begun = midRun().event('agent_started').received({ type: 'error', message: 'Authentication failed' });
    expect(diagnosed(begun.closed(1008).settled('closed'))).toMatchObject({
      cause: 'credentials-refused',
      confidence: 'likely',
    });
  });

  it('is about our Origin where it says so, and sure where another one is let stay', () => {
    const said = () =>
      opened()
        .received(says('error_message', 'ORIGIN_NOT_ALLOWED', 'Origin not allowed'))
        .closed(1008);
    expect(diagnosed(said())).toMatchObject({ cause: 'origin-refused', confidence: 'likely' });
    const other = said().probe('other-origin', { facts: { origin: 'none', opened: true, welcomed: true } });
    expect(diagnosed(other)).toMatchObject({ cause: 'origin-refused', confidence: 'certain' });
  });

  it('says goodbye for certain where the restart follows', () => {
    const bye = () => midRun().event('agent_started').received({ type: 'system_shutdown', message: 'bye' });
    expect(diagnosed(bye().closed(1012).settled('closed'))).toMatchObject({ confidence: 'certain', rivals: [] });
    expect(diagnosed(bye().closed(1001).settled('closed'))).toMatchObject({ confidence: 'likely' });
  });
});
