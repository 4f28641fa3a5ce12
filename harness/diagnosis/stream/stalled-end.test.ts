import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const midRun = () => timeline().credentialed('mint').opened().welcomed().asked().event('agent_started');
const stopped = (ms = 5000) => midRun().stalled(ms).wait(3);
const causesOf = (built: TimelineBuilder) => {
  const found = diagnosed(built.settled('closed'));
  return [found?.cause, found?.confidence, found?.rivals.map(({ cause }) => cause)];
};

const unanswered = () => timeline().opened().welcomed().asked().stalled(5000);

describe('an end that came while this process was stopped', () => {
  it.each([
    [1000, 'idle timeout', 'closed-early'],
    [1001, '', 'connection-lost'],
    [1005, '', 'closed-early'],
    [1008, '', 'closed-with-error'],
    [1011, 'main mode error', 'closed-with-error'],
    [1011, '', 'closed-with-error'],
    [1001, 'going away', 'connection-lost'],
    [4408, 'pong missed', 'closed-with-error'],
  ])('by %i %j is likely ours, and else %s', (code, reason, rival) => {
    expect(causesOf(stopped().closed(code, reason))).toEqual(['harness-stalled', 'likely', [rival]]);
    expect(diagnosed(midRun().wait(5003).closed(code, reason).settled('closed'))?.cause).toBe(rival);
  });

  it.each(['fin', 'reset', 'timeout'] as const)('by %s is likely ours, and else a lost connection', (how) => {
    expect(causesOf(stopped().closed(1006, '', how))).toEqual(['harness-stalled', 'likely', ['connection-lost']]);
  });

  it('says by how much we were late, and what it would be otherwise', () => {
    const found = diagnosed(stopped().closed(1001).settled('closed'));
    expect(found).toMatchObject({ domain: 'harness', answeredBy: 'client', phase: 'stream' });
    expect(found?.summary).toBe(
      'this process was late by 5000 ms itself (stopped or starved from outside) when the connection ended, and the target may have given up on us: the target closed with 1001 going away in the middle of run run-1, 5016 ms after it opened',
    );
    expect(found?.evidence.map(({ kind }) => kind)).toContain('stalled');
  });

  it('is likely ours where what had waited for us came in first, and where the stall was noted after it', () => {
    const drained = stopped().note({ kind: 'was-pinged' }).event('agent_thinking').wait(1).closed(1001);
    expect(causesOf(drained)[0]).toBe('harness-stalled');
    const noted = midRun().wait(5000).closed(1001).wait(3).note({ kind: 'stalled', lateByMs: 4990, frozen: true });
    expect(causesOf(noted)[0]).toBe('harness-stalled');
    const before = timeline().opened().stalled(2000).closed(1001);
    expect(diagnosed(before)).toMatchObject({ cause: 'harness-stalled', phase: 'welcome' });
  });

  it('says so of a word after which the connection stays open', () => {
    const word = { type: 'error_message', data: { error_code: 'CONNECTION_ERROR', message: 'lost' } };
    const found = diagnosed(stopped().received(word).gaveUp().settled('gave-up'));
    expect(found).toMatchObject({ cause: 'harness-stalled', rivals: [{ cause: 'run-failed' }] });
    expect(found?.summary).toContain('when that was said, and the target may have given up on us: the target said ');
  });

  it('adds up stalls that follow each other, and none that lie apart', () => {
    const three = (apartMs: number) =>
      midRun().stalled(200).wait(apartMs).stalled(200).wait(apartMs).stalled(200).closed(1001);
    expect(causesOf(three(50))[0]).toBe('harness-stalled');
    expect(causesOf(three(200))[0]).toBe('connection-lost');
  });

  it('names the longest of several', () => {
    const found = diagnosed(midRun().stalled(1200).wait(500).stalled(3000).closed(1001).settled('closed'));
    expect(found?.summary).toMatch(/^this process was late by 3000 ms itself/);
  });

  it.each([
    ['one that was over before it opened', timeline().stalled(5000).opened().closed(1001), 'connection-lost'],
    ['a short one', stopped(149).closed(1001), 'connection-lost'],
    ['a word about the token', stopped().closed(1008, 'Authentication failed'), 'credentials-refused'],
    ['a code about the token', stopped().closed(4401), 'closed-with-error'],
    ['a complaint about a message', stopped().closed(1009, 'message too big'), 'closed-with-error'],
    ['a restart, which no lateness of ours brings about', stopped().closed(1012), 'connection-lost'],
    ['an overload', stopped().closed(1013), 'connection-lost'],
    ['a gateway that lost its own server', stopped().closed(1014), 'connection-lost'],
    ['a word about a cap', unanswered().closed(1008, 'too many connections'), 'connection-limit'],
    ['a word about readiness', unanswered().closed(1011, 'Service not ready'), 'not-ready'],
    ['a limit that is far longer', midRun().wait(58_000).stalled(2000).closed(1006, '', 'fin'), 'idle-cut'],
  ])('changes nothing with %s', (_title, built, cause) => {
    expect(diagnosed(built.settled('closed'))?.cause).toBe(cause);
  });

  it('is likely ours long after it too, for nobody says when a peer that gave up on us closes', () => {
    const found = diagnosed(stopped().wait(1000).event('agent_thinking').closed(1001).settled('closed'));
    expect(found).toMatchObject({ cause: 'harness-stalled', rivals: [{ cause: 'connection-lost' }] });
    expect(found?.summary).toContain('while the connection was open, and the target may have given up on us: ');
  });

  it('is likely ours at a limit as well where the stall is most of it', () => {
    expect(causesOf(stopped(30_000).closed(1006, '', 'fin'))).toEqual(['harness-stalled', 'likely', ['idle-cut']]);
  });

  it('does not excuse what the target had broken by then', () => {
    const thought = { type: 'agent_thinking', data: { run_id: 'run-1', agent_name: 'triage' }, event_id: 'e1' };
    const twice = midRun().received(thought).received(thought).stalled(5000).closed(1001).settled('closed');
    expect(diagnosed(twice)).toMatchObject({ cause: 'event-duplicated', domain: 'application' });
    const said = midRun().received({ type: 'agent_error', data: { error: 'boom' } });
    expect(diagnosed(said.stalled(5000).closed(1001).settled('closed'))?.cause).toBe('run-failed');
  });
});
