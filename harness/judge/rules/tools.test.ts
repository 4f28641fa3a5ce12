import { describe, expect, it } from 'vitest';
import { edited, interjected, without } from '../../../fixtures/mutations.ts';
import { asked } from '../../../fixtures/oddities/beginnings.ts';
import { actuals, bob, noTools, reason, ruling, tools } from '../../../fixtures/rulings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { paired } from './tools.ts';

describe('tools', () => {
  it('that the scenario declares absent are not judged', () => {
    for (const id of ['tools/paired', 'payload/tool-name', 'promptness/tool']) {
      expect(reason(ruling(id, tools('absent')))).toBe('not-applicable: the scenario declares that no tool is used');
    }
    expect(ruling('lifecycle/all-five', tools('absent'), noTools).outcome).toBe('pass');
  });

  it('that are optional may both be missing, but not one of them', () => {
    for (const id of ['lifecycle/all-five', 'tools/paired', 'payload/tool-name', 'promptness/tool']) {
      expect([id, ruling(id, tools('optional'), noTools).outcome]).toEqual([id, 'pass']);
    }
    expect(ruling('lifecycle/all-five', tools('optional'), without(bob('tool_completed'))).outcome).toBe('fail');
  });

  it('that fail by their own word are not waited for, and owe their tool_completed all the same', () => {
    const failure = interjected(bob('agent_thinking'), { type: 'tool_error', tool_name: 'search' }, 15);
    const begun = interjected(
      bob('agent_thinking'),
      { type: 'tool_executing', tool_name: 'search', parameters: {} },
      10,
    );
    const ended = interjected(bob('agent_thinking'), { type: 'tool_completed', tool_name: 'search', results: {} }, 20);
    expect(actuals(ruling('tools/paired', begun, failure))).toEqual([
      'it failed by its own word and was never completed (run run_agent_3_d0)',
    ]);
    expect(actuals(ruling('tools/paired', begun))).toEqual(['it began and never ended (run run_agent_3_d0)']);
    expect(ruling('tools/paired', begun, failure, ended).outcome).toBe('pass');
  });

  it('are named in what is told of them, with their call where it has an id', () => {
    const unpaired = ruling('tools/paired', without({ session: 'carol', what: 'tool_completed' }));
    expect(unpaired).toMatchObject({ violations: [{ expected: 'tool_completed of query_costs (call call_carol_1)' }] });
    const unnamed = edited(bob('tool_executing'), (message) => ({ ...message, tool_name: null }));
    expect(ruling('tools/paired', unnamed, without(bob('tool_completed')))).toMatchObject({
      violations: [{ expected: 'tool_completed of an unnamed tool' }],
    });
  });
});

describe('a turn', () => {
  const whole = (built: TimelineBuilder): TimelineBuilder => built.event('tool_executing').event('tool_completed');

  it('in which no tool was used says so, or that it was interrupted', () => {
    expect(said(paired, asked().event('agent_started').settled())).toEqual([
      'inconclusive: no tool event came (run run-1)',
    ]);
    const interrupted = ['inconclusive: turn t1 was interrupted, so its silence proves nothing'];
    expect(said(paired, asked().event('agent_started'))).toEqual(interrupted);
    expect(said(paired, asked().with({ tools: 'optional' }).event('agent_started'))).toEqual(interrupted);
  });

  it('in which half a tool was used tells which half, beside what is whole', () => {
    const other = { execution_id: 'call-2' };
    expect(said(paired, whole(asked()).event('tool_completed', other).settled())).toEqual([
      'tool_executing of search (call call-2): it ended without one (run run-1) [tool_completed]',
    ]);
    expect(said(paired, whole(asked()).event('tool_executing', other).settled())).toEqual([
      'tool_completed of search (call call-2): it began and never ended (run run-1) [tool_executing, settled]',
    ]);
    expect(said(paired, whole(asked()).event('tool_executing', other))).toEqual([
      'inconclusive: turn t1 was interrupted, so its silence proves nothing',
    ]);
  });

  it('in which a tool failed by its own word tells of its end that never came', () => {
    const failed = asked().event('tool_executing').received({ type: 'tool_error', tool_name: 'search' }).settled();
    expect(said(paired, failed)).toEqual([
      'tool_completed of search (call call-1): it failed by its own word and was never completed (run run-1) [tool_executing, tool_error]',
    ]);
  });
});

describe('fields', () => {
  it('are not asked of what is empty', () => {
    const empty = edited(bob('agent_thinking'), (message) => ({ ...message, data: { reasoning: '' } }));
    expect(actuals(ruling('payload/fields', empty))).toEqual(['there is none (run run_agent_3_d0)']);
  });
});
