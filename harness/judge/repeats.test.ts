import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { type Sorted, sortedByRepeat } from './repeats.ts';

const sorted = (built: TimelineBuilder): Sorted => sortedByRepeat(built.run().turns[0]?.happenings ?? []);
const counted = (built: TimelineBuilder): readonly number[] => {
  const { firsts, repeats } = sorted(built);
  return [firsts.length, repeats.length];
};
const thought = (...bodies: readonly object[]): TimelineBuilder =>
  bodies.reduce<TimelineBuilder>((built, body) => built.event('agent_thinking', { ...body }), asked());

describe('an event that came again', () => {
  it('is the same with its fields in another order, with lists and nulls in it', () => {
    const deeper = { b: [2, { d: 1, c: null }], a: null };
    const shuffled = { a: null, b: [2, { c: null, d: 1 }] };
    expect(counted(thought({ thought: deeper }, { thought: shuffled }))).toEqual([1, 1]);
    expect(counted(thought({ thought: [1, 2] }, { thought: [2, 1] }))).toEqual([2, 0]);
  });

  it('is the same call by its id where it says that it is a retry, whatever else it says', () => {
    const call = (execution_id: string | null): TimelineBuilder =>
      asked()
        .event('tool_executing', { execution_id, parameters: { month: 7 } })
        .event('tool_executing', { execution_id, parameters: { month: 8 }, recovered: true });
    expect(counted(call('c-1'))).toEqual([1, 1]);
    expect(counted(call(null))).toEqual([2, 0]);
  });

  it('points to the first of them, and says whether it was declared', () => {
    const { firsts, repeats } = sorted(thought({ thought: 'a' }, { thought: 'a' }, { thought: 'a', recovered: true }));
    const [first] = firsts;
    expect(repeats.map((one) => [one.first === first, one.declared])).toEqual([
      [true, false],
      [true, true],
    ]);
  });
});

describe('events that are nested too deep to be compared', () => {
  const deep = (word: string, is_retry: boolean): string =>
    `{"type":"agent_thinking","run_id":"run-1","retry_info":{"is_retry":${is_retry}},"word":"${word}","nest":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

  it('are like no other', () => {
    expect(counted(asked().received(deep('a', false)).received(deep('a', false)))).toEqual([2, 0]);
  });

  it('are like no other where they say that they are retries', () => {
    expect(counted(asked().received(deep('a', true)).received(deep('b', true)))).toEqual([2, 0]);
  });
});
