import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../fixtures/healthy.ts';
import { all, doubled, followed, interjected, type Mutation } from '../../../fixtures/mutations.ts';
import { actuals, bob, only, reworded, ruling } from '../../../fixtures/rulings.ts';
import type { Timeline } from '../../../fixtures/timeline.ts';
import type { Sighting } from '../../timeline/observation.ts';

describe('what says that it is sent again', () => {
  it.each([
    ['a retry', { retry_info: { is_retry: true }, timestamp: 1767225699 }],
    ['recovered', { recovered: true, timestamp: 1767225699 }],
    ['a second attempt', { attempt: 2 }],
  ])('as %s is no duplicate, no second call and no late event', (_, again) => {
    const { run_id, thread_id } = { run_id: 'run_agent_3_d0', thread_id: 'thread_session_3_77' };
    const message = {
      type: 'tool_executing',
      run_id,
      thread_id,
      agent_name: 'cost_optimizer',
      tool_name: 'query_costs',
    };
    const harm = interjected(
      bob('agent_completed'),
      { ...message, data: { parameters: { month: 'August' } }, user_id: subjectOf('bob'), ...again },
      5,
    );
    for (const id of ['wire/no-duplicates', 'tools/paired', 'lifecycle/completed-last', 'promptness/delivery']) {
      expect([id, ruling(id, harm).outcome]).toEqual([id, 'pass']);
    }
  });

  it('is another call where it names no call and says something else', () => {
    const other = { type: 'tool_executing', run_id: 'run_agent_3_d0', thread_id: 'thread_session_3_77' };
    const harm = interjected(bob('tool_completed'), {
      ...other,
      ...{ agent_name: 'cost_optimizer', tool_name: 'query_costs', parameters: { month: 'July' }, recovered: true },
    });
    expect(actuals(ruling('tools/paired', harm))).toEqual(['it began and never ended (run run_agent_3_d0)']);
  });

  it('is compared whatever the order of its fields, and never when it is nested too deep to compare', () => {
    const shuffled = (message: object) => Object.fromEntries(Object.entries(message).reverse());
    const twin = (timeline: Timeline): Timeline => {
      const frame = timeline.observations.find(
        (seen) => seen.session === 'bob' && JSON.stringify(seen).includes('agent_thinking'),
      );
      const text = frame?.kind === 'received' ? frame.text : '{}';
      return interjected(bob('agent_thinking'), shuffled(JSON.parse(text)))(timeline);
    };
    expect(ruling('wire/no-duplicates', twin).outcome).toBe('fail');

    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const frame = `{"type":"agent_thinking","run_id":"run_agent_3_d0","reasoning":${deep}}`;
    const twice = all(
      followed(bob('agent_thinking'), { kind: 'received', text: frame }, 1),
      followed(bob('agent_thinking'), { kind: 'received', text: frame }, 2),
    );
    expect(ruling('wire/no-duplicates', twice).outcome).not.toBe('inconclusive');
  });

  it('came twice where only its event id is another, and its call or its stamp shows that it is one event', () => {
    const said = (more: object, event_id: string): Sighting => ({
      kind: 'received',
      text: JSON.stringify({ type: 'agent_thinking', run_id: 'run_agent_3_d0', reasoning: 'so', ...more, event_id }),
    });
    const twice = (more: object): Mutation =>
      all(
        followed(bob('agent_thinking'), said(more, 'evt-2'), 1),
        followed(bob('agent_thinking'), said(more, 'evt-3'), 2),
      );
    const outcome = (more: object): string => ruling('wire/no-duplicates', twice(more)).outcome;
    expect(outcome({ timestamp: '2025-10-01T10:00:00.123+00:00' })).toBe('fail');
    expect(actuals(ruling('wire/no-duplicates', twice({ timestamp: '2025-10-01T10:00:00.123+00:00' })))).toEqual([
      'it came twice with the same type, ids and body, under another event id',
    ]);
    expect(outcome({ execution_id: 'call-9' })).toBe('fail');
    expect(outcome({ timestamp: '2025-10-01T10:00:00+00:00' })).toBe('pass');
    expect(outcome({})).toBe('pass');
  });

  it('has an id of its own only where the id is one, and one type', () => {
    const numbered = (event_id: string): Mutation =>
      reworded((text) => (text.includes('"run_id"') ? JSON.stringify({ ...JSON.parse(text), event_id }) : text));
    expect(ruling('wire/no-duplicates', numbered('1')).outcome).toBe('fail');
    expect(ruling('wire/no-duplicates', only('bob'), numbered('1')).outcome).toBe('pass');
    expect(ruling('wire/no-duplicates', numbered('None')).outcome).toBe('pass');
    expect(
      actuals(ruling('wire/no-duplicates', only('bob'), numbered('None'), doubled(bob('agent_thinking')))),
    ).toEqual(['it came twice with the same type, ids and body']);
  });
});
