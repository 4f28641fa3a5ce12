import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const { gap, welcome } = timeline().run().header.budgets;
const begun = (stallMs: number) =>
  timeline().opened().welcomed().asked().event('agent_started').stalled(stallMs).wait(900);
const quiet = (built: TimelineBuilder) => built.gaveUp('gap', gap.maxMs + 500).settled('gave-up');
const causesOf = (built: TimelineBuilder) => {
  const found = diagnosed(built);
  return [found?.cause, found?.confidence, ...(found?.rivals ?? []).map(({ cause }) => cause)];
};

/** Trouble that a target may make for whoever was not awake, each as it looks from here. */
const TROUBLES: readonly (readonly [cause: string, built: (stallMs: number) => TimelineBuilder])[] = [
  ['run-stalled', (ms) => quiet(begun(ms).wait(gap.maxMs + 500))],
  [
    'run-silent',
    (ms) =>
      quiet(
        timeline()
          .opened()
          .welcomed()
          .asked()
          .stalled(ms)
          .wait(gap.maxMs * 3),
      ),
  ],
  [
    'run-failed',
    (ms) =>
      begun(ms)
        .received({ type: 'agent_error', data: { error: 'no heartbeat' } })
        .wait(500)
        .settled('gave-up'),
  ],
  ['run-failed', (ms) => begun(ms).event('agent_completed', { status: 'failed' }).settled('complete')],
  ['event-missing', (ms) => begun(ms).event('agent_completed').settled('complete')],
  [
    'tool-unpaired',
    (ms) =>
      begun(ms)
        .event('agent_thinking')
        .event('tool_executing')
        .event('tool_executing', { tool_name: 'second' })
        .event('tool_completed')
        .event('agent_completed')
        .settled('complete'),
  ],
  [
    'welcome-missing',
    (ms) =>
      timeline()
        .opened()
        .stalled(ms)
        .wait(welcome.maxMs + 500)
        .note({ kind: 'ponged' })
        .gaveUp('welcome', welcome.maxMs + 500),
  ],
  [
    'closed-with-error',
    (ms) => begun(ms).event('agent_thinking').wait(900).closed(1011, 'cancelled').settled('closed'),
  ],
];

describe('trouble on a connection that was open while this process was stopped', () => {
  it.each(TROUBLES)('is likely ours where it is %s', (cause, built) => {
    expect(causesOf(built(3000)).slice(0, 3)).toEqual(['harness-stalled', 'likely', cause]);
    expect(causesOf(built(400))[0]).toBe(cause);
  });

  it('says so', () => {
    const found = diagnosed(begun(3000).received({ type: 'agent_error', data: { error: 'no heartbeat' } }));
    expect(found?.summary).toBe(
      'this process was late by 3000 ms itself (stopped or starved from outside) while the connection was open, and the target may have given up on us: the target said "no heartbeat" to run run-1',
    );
    expect(found).toMatchObject({ domain: 'harness', phase: 'stream', answeredBy: 'client' });
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['sent', 'stalled', 'received']);
  });

  it('is theirs where the stall was over before it opened, or came after it', () => {
    const said = { type: 'agent_error', data: { error: 'boom' } };
    const late = timeline().stalled(3000).wait(20).opened().welcomed().asked();
    expect(diagnosed(late.received(said))?.cause).toBe('run-failed');
    expect(diagnosed(begun(10).received(said).stalled(3000).settled('gave-up'))?.cause).toBe('run-failed');
  });

  it('is theirs where the same request ended so on a connection that opened afterwards', () => {
    const again = begun(3000)
      .event('agent_thinking')
      .wait(900)
      .closed(1006, '', 'fin')
      .settled('closed')
      .probe('fresh-upgrade')
      .on('repetition', 'probe')
      .opened()
      .welcomed()
      .asked('r1')
      .closed(1006, '', 'fin')
      .settled('closed', 'r1');
    expect(diagnosed(again)?.cause).toBe('handler-crashed');
  });

  it('excuses no message that was wrong in itself', () => {
    const thought = { type: 'agent_thinking', data: { run_id: 'run-1', agent_name: 'triage' }, event_id: 'e1' };
    const failed = { type: 'agent_error', data: { error: 'no heartbeat' } };
    const twice = begun(3000).received(thought).received(thought);
    expect(diagnosed(twice.received(failed).settled('gave-up'))).toMatchObject({
      cause: 'event-duplicated',
      domain: 'application',
    });
  });

  it('excuses nobody whose connection opened afterwards', () => {
    const bob = (built: TimelineBuilder) =>
      built.wait(900).on('bob').opened().welcomed().asked('t2').event('agent_started');
    const failed = { type: 'agent_error', data: { error: 'boom' } };
    expect(diagnosed(bob(begun(3000).received(failed)).received(failed))).toMatchObject({
      cause: 'run-failed',
      domain: 'application',
    });
    const partial = (built: TimelineBuilder, turn: string) => built.event('agent_completed').settled('complete', turn);
    expect(diagnosed(partial(bob(partial(begun(3000), 't1')), 't2'))?.cause).toBe('event-missing');
  });
});
