import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import { said } from '../../fixtures/said.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { completedSuccessfully } from './rules/lifecycle.ts';

const failure = (fields: object = {}) => ({ type: 'agent_failed', message: 'oh', ...fields });
const has = (built: TimelineBuilder): boolean => said(completedSuccessfully, built).some((line) => line.includes('oh'));
const nameless = { agent_name: null };
const passes = ['kept: agent_completed'];

describe('a run with a failure in it', () => {
  it('has failed by the failure of its only agent, which began without a name', () => {
    expect(
      has(
        asked()
          .event('agent_started', nameless)
          .received(failure({ agent_name: 'x' }))
          .event('agent_completed'),
      ),
    ).toBe(true);
  });

  it('has not failed by a named agent where two began without names', () => {
    const two = asked().event('agent_started', nameless).event('agent_started', nameless);
    const built = two
      .received(failure({ agent_name: 'x' }))
      .event('agent_completed')
      .settled();
    expect(said(completedSuccessfully, built)).toEqual(passes);
  });

  it('has failed by the agent that started first, whoever spoke before it', () => {
    const built = asked().event('agent_thinking', { agent_name: 'other' }).event('agent_started');
    expect(has(built.received(failure({ agent_name: 'triage' })).event('agent_completed'))).toBe(true);
  });

  it('has failed where the word comes in the frame of its completion, though it names no run', () => {
    const frame = [failure(), { type: 'agent_completed', run_id: 'run-1' }];
    expect(has(asked().event('agent_started').received(frame))).toBe(true);
  });
});

describe('a word after the completion', () => {
  const own = failure({ run_id: 'run-1' });

  it('fails its run while the connection stands', () => {
    expect(has(asked().five().settled().received(own))).toBe(true);
  });

  it('fails its run by the id under which it started where its completion has none', () => {
    const built = asked().event('agent_thinking', { run_id: 'run-0' }).five('agent_completed');
    expect(has(built.event('agent_completed', { run_id: null }).received(own))).toBe(true);
  });

  it('fails nothing where neither the completion nor any beginning has an id', () => {
    const built = asked().event('agent_thinking').event('agent_completed', { run_id: null });
    expect(said(completedSuccessfully, built.received(own))).toEqual(passes);
  });
});
