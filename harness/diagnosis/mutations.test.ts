import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../fixtures/healthy.ts';
import { LIVE_RUN } from '../../fixtures/live-run.ts';
import {
  all,
  crossed,
  delayed,
  doubled,
  edited,
  followed,
  heldUp,
  interjected,
  type Mutation,
  replaced,
  silenced,
  stalled,
  swapped,
  without,
} from '../../fixtures/mutations.ts';
import { bob, noTools, tools } from '../../fixtures/rulings.ts';
import { runOf } from '../../fixtures/timeline.ts';
import { judge } from '../judge/judge.ts';
import { verdictOf } from './verdict-of.ts';

function verdictAfter(...mutations: readonly Mutation[]) {
  const run = runOf(all(...mutations)(HEALTHY));
  return verdictOf(run, judge(run));
}

const GOODBYE = { kind: 'closed', code: 1006, reason: '', how: 'fin', socketCode: null } as const;

describe('two healthy users', () => {
  it('pass, and so does the live run that was recorded', () => {
    expect(verdictAfter()).toMatchObject({ outcome: 'passed', flaky: false, attempts: 1 });
    const live = runOf(tools('optional')(LIVE_RUN));
    expect(verdictOf(live, judge(live)).diagnosis).toBeNull();
    const obliged = runOf(tools('required')(LIVE_RUN));
    expect(verdictOf(obliged, judge(obliged)).diagnosis).toMatchObject({
      cause: 'event-missing',
      confidence: 'ambiguous',
      rivals: [{ cause: 'no-tool-chosen' }],
    });
  });

  it.each([
    ['without the welcome', 'welcome-missing', without(bob('welcome'))],
    ['without agent_started', 'event-missing', without(bob('agent_started'))],
    ['without agent_thinking', 'event-missing', without(bob('agent_thinking'))],
    ['without tool_executing', 'event-missing', without(bob('tool_executing'))],
    ['without tool_completed', 'event-missing', without(bob('tool_completed'))],
    ['without tools', 'event-missing', noTools],
    ['with a doubled thought', 'event-duplicated', doubled(bob('agent_thinking'))],
    ['with a doubled end', 'event-duplicated', doubled(bob('agent_completed'))],
    [
      'with a tool that ends before it begins',
      'event-out-of-order',
      swapped(bob('tool_executing'), bob('tool_completed')),
    ],
    ['with a thought before its start', 'event-out-of-order', swapped(bob('agent_started'), bob('agent_thinking'))],
    ['with a late tool', 'event-late', delayed(bob('tool_executing'), 6000)],
    [
      'with a slow connection',
      'connection-slow',
      replaced(bob('opened'), (seen) => (seen.kind === 'opened' ? { ...seen, tookMs: 900 } : seen)),
    ],
    ['with an event of the other', 'cross-user', crossed(bob('agent_thinking'), 'alice')],
    [
      'with a failed end',
      'run-failed',
      edited(bob('agent_completed'), (message) => ({ ...message, data: { status: 'failed' } })),
    ],
    [
      'with a message that nobody can read',
      'message-invalid',
      followed(bob('agent_thinking'), { kind: 'received', text: '{"type":' }),
    ],
    [
      'with a binary message',
      'message-invalid',
      followed(bob('agent_thinking'), { kind: 'received-binary', bytes: 4 }),
    ],
    [
      'with a fallback',
      'run-faked',
      interjected(bob('agent_thinking'), { type: 'agent_fallback', data: { message: 'canned' } }),
    ],
    ['without a pong', 'half-open', without(bob('ponged'))],
    [
      'with a word of failure, then the end',
      'run-failed',
      all(
        without(bob('agent_completed')),
        interjected(bob('tool_completed'), { type: 'agent_error', data: { error: 'boom' } }),
      ),
    ],
  ] as const)('%s are %s', (_title, cause, mutation) => {
    expect(verdictAfter(mutation).diagnosis?.cause).toBe(cause);
  });

  it('are no worse for messages that mean nothing', () => {
    expect(verdictAfter(interjected(bob('agent_thinking'), { type: 'zzz' })).outcome).toBe('passed');
    expect(verdictAfter(interjected(bob('agent_thinking'), { type: 'heartbeat' })).outcome).toBe('passed');
    expect(verdictAfter(noTools, tools('optional')).outcome).toBe('passed');
  });

  it('prove nothing where only our own lateness made them late', () => {
    const late = verdictAfter(heldUp(bob('tool_executing'), 6000), stalled(bob('tool_executing'), 5900));
    expect(late).toMatchObject({ outcome: 'unproven', diagnosis: { cause: 'harness-stalled' } });
  });

  it('are silent where bob was given up on', () => {
    const silent = verdictAfter(silenced(bob('sent'), 'bob#1', 12_000));
    expect(silent).toMatchObject({ outcome: 'failed', diagnosis: { cause: 'run-silent' } });
  });

  it('are lost where the connection of bob ends in the middle of his run', () => {
    const ended = verdictAfter(
      without(bob('agent_completed')),
      without(bob('settled')),
      without(bob('closing')),
      without(bob('closed')),
      followed(bob('tool_completed'), GOODBYE),
    );
    expect(ended).toMatchObject({
      outcome: 'blocked',
      diagnosis: { cause: 'connection-lost', confidence: 'ambiguous' },
    });
  });
});
