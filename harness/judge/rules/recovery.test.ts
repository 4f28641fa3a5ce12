import { describe, expect, it } from 'vitest';
import {
  again,
  all,
  doubled,
  edited,
  interjected,
  type Mutation,
  type Pick,
  postponed,
  silenced,
  swapped,
  without,
} from '../../../fixtures/mutations.ts';
import { RECONNECTED } from '../../../fixtures/reconnected.ts';
import { actuals, declared, reason } from '../../../fixtures/rulings.ts';
import { runOf, type Timeline } from '../../../fixtures/timeline.ts';
import { verdictOf } from '../../diagnosis/verdict-of.ts';
import { ruleNamed } from '../catalogue.ts';
import { judge, rulingBy } from '../judge.ts';
import type { Rule, Ruling } from '../rule.ts';
import { inOrder, noneLost, noneTwice, RECOVERIES } from './recovery.ts';

const alice = (what: Pick['what'], nth = 1): Pick => ({ session: 'alice', what, nth });
const ids = { run_id: 'run_agent_1_5f', thread_id: 'thread_session_1_c4', agent_name: 'cost_optimizer' };
const unmarked = (pick: Pick): Mutation => edited(pick, ({ retry_info: _, recovered: __, ...message }) => message);
const without_ = (...fields: readonly string[]): Mutation =>
  all(
    ...(['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'] as const).map(
      (what) =>
        edited({ session: 'alice', what }, (message) =>
          Object.fromEntries(Object.entries(message).filter(([name]) => !fields.includes(name))),
        ),
    ),
  );

const brokenBy = (timeline: Timeline): readonly string[] =>
  judge(runOf(timeline)).flatMap(({ rule, ruling }) => (ruling.outcome === 'fail' ? [rule.id] : []));
const ruling = (rule: Rule, ...harms: readonly Mutation[]): Ruling => rulingBy(rule, runOf(all(...harms)(RECONNECTED)));
const verdict = (...harms: readonly Mutation[]) => {
  const run = runOf(all(...harms)(RECONNECTED));
  const { outcome, diagnosis } = verdictOf(run, judge(run));
  return [outcome, diagnosis?.cause ?? null, diagnosis?.confidence ?? null];
};

type Kill = readonly [harm: string, mutation: Mutation, broken: readonly Rule['id'][], verdict: readonly unknown[]];

const KILLS: readonly Kill[] = [
  [
    'the end of the call was lost',
    without(alice('tool_completed')),
    ['lifecycle/all-five', 'tools/paired', 'recovery/none-lost'],
    ['failed', 'event-missing', 'certain'],
  ],
  [
    'a second call was lost whole but for its end',
    interjected(alice('tool_completed'), {
      type: 'tool_completed',
      ...ids,
      ...{ tool_name: 'query_usage', execution_id: 'c2', result: {} },
    }),
    ['tools/paired', 'recovery/none-lost'],
    ['failed', 'event-missing', 'certain'],
  ],
  [
    'everything was lost',
    all(
      without({ session: 'alice', what: 'tool_completed' }),
      ...[1, 1].map(() => without(alice('agent_thinking', 2))),
      without(alice('agent_completed')),
      silenced(alice('ponged', 2), 'alice#1', 15_000),
    ),
    ['lifecycle/all-five', 'tools/paired', 'recovery/none-lost'],
    ['failed', 'event-missing', 'likely'],
  ],
  [
    'what was missed came twice without a word',
    all(unmarked(alice('agent_thinking', 2)), doubled(alice('agent_thinking', 2))),
    ['wire/no-duplicates', 'recovery/none-twice'],
    ['failed', 'event-duplicated', 'certain'],
  ],
  [
    'what had come before came again without a word',
    again(alice('agent_thinking'), alice('welcome', 2)),
    ['recovery/none-twice'],
    ['failed', 'event-duplicated', 'certain'],
  ],
  [
    'what was missed came backwards',
    swapped(alice('agent_thinking', 2), alice('agent_thinking', 3)),
    ['recovery/in-order'],
    ['failed', 'event-out-of-order', 'certain'],
  ],
  [
    'a call that was missed came backwards, without stamps',
    all(
      interjected(alice('agent_thinking', 3), {
        type: 'tool_completed',
        ...{ ...ids, recovered: true, tool_name: 'query_usage', execution_id: 'c2', result: {} },
      }),
      interjected(
        alice('agent_thinking', 3),
        {
          type: 'tool_executing',
          ...ids,
          recovered: true,
          tool_name: 'query_usage',
          execution_id: 'c2',
          parameters: {},
        },
        2,
      ),
    ),
    ['recovery/in-order'],
    ['failed', 'event-out-of-order', 'certain'],
  ],
  [
    'what was missed came before the welcome',
    postponed(alice('welcome', 2), 100),
    ['admission/welcomed'],
    ['failed', 'welcome-missing', 'certain'],
  ],
];

describe('a user who comes back in the middle of an answer', () => {
  it('finds every promise kept where nothing was lost, with evidence', () => {
    const rulings = judge(runOf(RECONNECTED)).map(({ rule, ruling }) => [rule.id, ruling.outcome]);
    expect(rulings).toEqual(RECONNECTED.header.rules.map((id) => [id, 'pass']));
    expect(verdict()).toEqual(['passed', null, null]);
  });

  it.each(KILLS)('when %s, exactly the promises beside it are broken', (_, mutation, broken, expected) => {
    expect(brokenBy(mutation(RECONNECTED)).toSorted()).toEqual(broken.toSorted());
    expect(verdict(mutation)).toEqual(expected);
  });

  it('breaks each promise of a reconnect by one of these harms', () => {
    const killed = new Set(KILLS.flatMap(([, , broken]) => broken));
    expect(RECOVERIES.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([]);
    expect(RECOVERIES.map(({ id }) => ruleNamed(id))).toEqual(RECOVERIES);
  });

  it('is told that something came again, and then it may', () => {
    const declaredAgain = again(alice('agent_thinking', 2), alice('agent_thinking', 3));
    expect(brokenBy(declaredAgain(RECONNECTED))).toEqual([]);
  });

  it('takes emitters that overtake each other by a moment for what they are', () => {
    const stamped = (byS: number): Mutation =>
      edited(alice('agent_thinking', 3), (message) => ({ ...message, timestamp: 1767225601.4995 - byS }));
    // The thought before it bears this stamp.
    expect(ruling(inOrder, stamped(0.0195)).outcome).toBe('pass');
    expect(actuals(ruling(inOrder, stamped(0.025)))).toEqual([
      'agent_thinking, stamped 25 ms later, came first (run run_agent_1_5f)',
    ]);
  });
});

describe('a promise of a reconnect proves nothing', () => {
  const nothingMissed = all(...[1, 2, 3].map((nth) => unmarkedFresh(nth)));

  function unmarkedFresh(nth: number): Mutation {
    const pick = nth === 1 ? alice('tool_completed') : alice('agent_thinking', nth);
    return all(
      unmarked(pick),
      edited(pick, (message) => ({ ...message, timestamp: 1767225600.25 + 1.5095 })),
    );
  }

  it.each(RECOVERIES.map((rule) => [rule.id, rule] as const))(
    '%s: where nothing shows that anything was missed',
    (_, rule) => {
      expect(reason(ruling(rule, nothingMissed))).toBe(
        'inconclusive: nothing shows that anything was sent while nobody was there (run run_agent_1_5f)',
      );
    },
  );

  it.each(RECOVERIES.map((rule) => [rule.id, rule] as const))('%s: where nobody came back', (_, rule) => {
    expect(reason(ruling(rule, without({ session: 'alice', what: 'resumed' })))).toBe(
      'inconclusive: nobody came back in the middle of it (run run_agent_1_5f)',
    );
  });

  it('where the stamps are too coarse to tell', () => {
    const coarse = (message: { readonly [name: string]: unknown }) => ({
      ...message,
      timestamp: '2026-01-01T00:00:01Z',
    });
    const rough = (['tool_completed', 'agent_thinking', 'agent_started', 'tool_executing'] as const).map((what) =>
      edited({ session: 'alice', what }, coarse),
    );
    expect(ruling(noneTwice, nothingMissed, ...rough).outcome).toBe('inconclusive');
  });

  it('where the turn was interrupted', () => {
    expect(reason(ruling(noneLost, without(alice('settled'))))).toBe(
      'inconclusive: turn alice#1 was interrupted, so its silence proves nothing',
    );
  });

  it('where the profile says before the run that its servers keep nothing', () => {
    const run = runOf(RECONNECTED);
    const forgetful = { ...run, profile: { ...run.profile, recovery: null } };
    for (const rule of RECOVERIES)
      expect(reason(rulingBy(rule, forgetful))).toBe(
        'not-applicable: the profile keeps nothing for a user without a connection',
      );
  });
});

describe('what was missed', () => {
  it('shows by the stamps alone that it was made while nobody was there', () => {
    const plain = all(
      ...[alice('tool_completed'), alice('agent_thinking', 2), alice('agent_thinking', 3)].map(unmarked),
    );
    for (const rule of RECOVERIES) {
      const found = ruling(rule, plain);
      expect(found).toMatchObject({ outcome: 'pass' });
      expect(found.outcome === 'pass' && found.evidence).toHaveLength(3);
    }
  });

  it('shows by its marks alone where there are no stamps', () => {
    for (const rule of RECOVERIES) expect(ruling(rule, without_('timestamp')).outcome).toBe('pass');
  });

  it('is not asked for where tools are optional and none was used', () => {
    const toolless = all(
      without({ session: 'alice', what: 'tool_executing' }),
      without({ session: 'alice', what: 'tool_completed' }),
      declared({ tools: 'optional' }),
    );
    expect(ruling(noneLost, toolless).outcome).toBe('pass');
  });
});
