import { describe, expect, it } from 'vitest';
import { acted } from '../../fixtures/acted.ts';
import { DIALECT_NAMES } from '../../fixtures/target/dialect.ts';
import { budgetsOf } from '../../fixtures/test-rig.ts';
import { earlyRequest } from './library/early-request.ts';
import { olderTab } from './library/older-tab.ts';
import { reconnect } from './library/reconnect.ts';
import { twoQuestions } from './library/two-questions.ts';
import { LIBRARY } from './library.ts';

const BRIEF = { budgets: budgetsOf(4000, { gap: 900, 'first-event': 900 }), graceMs: 0 };

describe('the library', () => {
  it('calls every scenario by a name of its own', () => {
    expect(new Set(LIBRARY.map(({ name }) => name)).size).toBe(LIBRARY.length);
  });
});

describe.concurrent('against a healthy target', () => {
  it.each(
    DIALECT_NAMES.flatMap((dialect) =>
      [earlyRequest, twoQuestions, olderTab, reconnect].map((scenario) => ({ dialect, scenario })),
    ),
  )('$scenario.name passes in the dialect $dialect', async ({ dialect, scenario }) => {
    const { outcome, diagnosis, ruled } = await acted(scenario, { dialect });
    expect([outcome, diagnosis?.summary]).toEqual(['passed', undefined]);
    expect(ruled.map(({ ruling }) => ruling.outcome)).not.toContain('inconclusive');
  });

  it('two questions are two turns, and each has a run of its own', async () => {
    const { run } = await acted(twoQuestions);
    expect(run.turns.map(({ turn, settled }) => [turn, settled?.because])).toEqual([
      ['alice#1', 'complete'],
      ['alice#2', 'complete'],
    ]);
    const runs = run.turns.map(({ happenings }) => new Set(happenings.map(({ event }) => event.runId)));
    expect(runs.map(({ size }) => size)).toEqual([1, 1]);
    expect([...(runs[0] ?? [])]).not.toEqual([...(runs[1] ?? [])]);
  });

  it('a run goes on over the second connection, and our cut is nobody else’s', async () => {
    const { run } = await acted(reconnect);
    const [lost, back] = run.users;
    expect(lost?.observations.some(({ kind }) => kind === 'faulted')).toBe(true);
    expect(lost?.closed).toMatchObject({ code: 1006, how: 'local' });
    expect(back?.resumed?.turn).toBe('alice#1');
    expect(run.turns).toHaveLength(1);
    const came = (lost?.happenings.length ?? 0) + (back?.happenings.length ?? 0);
    expect(run.turns[0]?.happenings).toHaveLength(came);
    expect(back?.happenings.length).toBeGreaterThan(0);
    expect(run.turns[0]?.happenings.at(-1)?.event.type).toBe('agent_completed');
  });
});

describe.concurrent('a fault that the golden path cannot show', () => {
  it.each(DIALECT_NAMES)('foreign-run-event, in the dialect %s', async (dialect) => {
    const { outcome, diagnosis, broken } = await acted(twoQuestions, { dialect, faults: ['foreign-run-event'] });
    expect([outcome, diagnosis?.cause, broken]).toEqual(['failed', 'foreign-run', ['identity/own-run']]);
  });

  it.each(DIALECT_NAMES)('accept-race, in the dialect %s', async (dialect) => {
    const { outcome, diagnosis } = await acted(earlyRequest, { dialect, faults: ['accept-race:ms=400'] });
    expect([outcome, diagnosis?.cause]).toEqual(['failed', 'closed-with-error']);
  });

  it.each([
    ['none', 'event-missing', 'recovery/none-lost'],
    ['half', 'event-missing', 'recovery/none-lost'],
    ['reversed', 'event-out-of-order', 'recovery/in-order'],
    ['twice', 'event-duplicated', 'recovery/none-twice'],
  ])('lossy-replay in the mode %s', async (mode, cause, rule) => {
    const { outcome, diagnosis, broken } = await acted(reconnect, { faults: [`lossy-replay:mode=${mode}`] }, BRIEF);
    expect([outcome, diagnosis?.cause]).toEqual(['failed', cause]);
    expect(broken).toContain(rule);
    expect(broken.filter((id) => id.startsWith('recovery/'))).toEqual([rule]);
  });

  it.each(DIALECT_NAMES)('last-connection-wins, in the dialect %s', async (dialect) => {
    const { outcome, diagnosis } = await acted(olderTab, { dialect, faults: ['last-connection-wins'] }, BRIEF);
    expect([outcome, diagnosis?.cause]).toEqual(['failed', 'run-silent']);
  });
});

describe('a reconnect', () => {
  it('is unproven where the answer was over before it could be cut', async () => {
    const { outcome, diagnosis } = await acted(reconnect, { pace: 0 });
    expect([outcome, diagnosis?.cause]).toEqual(['unproven', 'nothing-judged']);
    expect(diagnosis?.summary).toContain('recovery/none-lost could not be judged');
  });

  it('names what stopped the run where it was not our cut', async () => {
    const { outcome, diagnosis } = await acted(reconnect, { faults: ['missing-tool_executing'] });
    expect([outcome, diagnosis?.cause]).toEqual(['failed', 'event-missing']);
  });
});
