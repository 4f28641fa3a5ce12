import { describe, expect, it } from 'vitest';
import { derivedRun, says } from '../../fixtures/client-derived.ts';
import { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { LEGS } from '../timeline/header.ts';
import type { Run } from '../timeline/run.ts';
import { judge } from './judge.ts';
import { samplesOf } from './samples.ts';
import { toolCalls } from './tool-calls.ts';

const took = (run: Run) =>
  Object.fromEntries(LEGS.map((leg) => [leg, samplesOf(run, leg).map(({ tookMs }) => Math.round(tookMs))]));

describe('what a client derives from its own frames', () => {
  const run = derivedRun(
    new TimelineBuilder()
      .on('alice')
      .opened()
      .welcomed()
      .note({ kind: 'asked', turn: 't1', intendedAtMs: 1007 })
      .note(says('agent_started'))
      .wait(10)
      .note(says('tool_executing', { tool_name: 'a', execution_id: 'c-1' }))
      .wait(70)
      .received({ type: 'tool_completed', data: { run_id: 'run-1', tool_name: 'a', execution_id: 'c-1' } })
      .wait(30)
      .received({ type: 'tool_executing', data: { run_id: 'run-1', tool_name: 'b', execution_id: 'c-2' } })
      .wait(40)
      .note(says('tool_completed', { tool_name: 'b', execution_id: 'c-2' }))
      .wait(50)
      .event('agent_completed')
      .settled()
      .left(),
  );

  it('is no first event, no gap and no tool that the target has to be quick about', () => {
    expect(took(run)).toEqual({
      credentials: [],
      connect: [5],
      welcome: [2],
      'first-event': [80],
      gap: [70, 30, 60],
      tool: [],
      total: [210],
      delivery: [],
      'open-to-first-event': [82],
    });
  });

  it('makes whole calls, which are known as such', () => {
    expect(run.turns.flatMap((turn) => toolCalls(turn).whole.map(({ derived: is }) => is))).toEqual([true, true]);
  });

  it('is asked for no fields and precedes any welcome', () => {
    const early = derivedRun(
      new TimelineBuilder()
        .on('alice')
        .opened()
        .note({ kind: 'asked', turn: 't1', intendedAtMs: 1005 })
        .note(says('agent_thinking'))
        .welcomed()
        .settled('quiet')
        .left(),
    );
    const outcomes = new Map(judge(early).map(({ rule, ruling }) => [rule.id, ruling.outcome]));
    expect(outcomes.get('admission/welcomed')).toBe('pass');
    expect(outcomes.get('payload/fields')).toBe('inconclusive');
  });
});

describe('a tool that says that it failed', () => {
  it('ends its call where it stands in the order of arrival', () => {
    const run = derivedRun(
      new TimelineBuilder()
        .on('alice')
        .opened()
        .welcomed()
        .asked()
        .event('tool_executing', { execution_id: null })
        .received({ type: 'tool_error', tool_name: 'search' })
        .wait(100)
        .event('tool_executing', { execution_id: null, parameters: { second: true } })
        .event('tool_completed', { execution_id: null })
        .settled('quiet'),
    );
    const [turn] = run.turns;
    const calls = turn ? toolCalls(turn) : null;
    expect(calls?.whole.map(({ begun, until }) => [begun.at.seq, until.seq])).toEqual([
      [8, 9],
      [10, 11],
    ]);
  });
});
