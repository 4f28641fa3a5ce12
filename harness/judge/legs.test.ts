import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../fixtures/healthy.ts';
import { all, budgeted, delayed, followed, type Mutation, silenced, stalled } from '../../fixtures/mutations.ts';
import { bob, only } from '../../fixtures/rulings.ts';
import { runOf } from '../../fixtures/timeline.ts';
import type { Leg } from '../timeline/header.ts';
import { measureLegs } from './legs.ts';

const legs = (...harms: readonly Mutation[]) => measureLegs(runOf(all(...harms)(HEALTHY)));
const leg = (name: Leg, ...harms: readonly Mutation[]) => {
  const found = legs(...harms).find((one) => one.leg === name);
  return [found?.tookMs === null ? null : Math.round(found?.tookMs ?? Number.NaN), found?.state];
};

describe('the legs', () => {
  it('are measured over all users and turns', () => {
    expect(legs().map(({ leg: name, tookMs, state }) => [name, tookMs, state])).toEqual([
      ['credentials', null, 'unmeasured'],
      ['connect', 8, 'within'],
      ['welcome', 2, 'within'],
      ['first-event', 12, 'within'],
      ['gap', 40, 'within'],
      ['tool', 30, 'within'],
      ['total', 152, 'within'],
      ['delivery', expect.closeTo(0, 1), 'within'],
      ['open-to-first-event', 23, 'within'],
    ]);
  });

  it('carry their budgets', () => {
    expect(legs().find((one) => one.leg === 'gap')).toMatchObject({ targetMs: 2000, maxMs: 5000 });
  });

  it('show the worst of all', () => {
    expect(leg('gap', delayed(bob('agent_thinking'), 2500))).toEqual([2540, 'slow']);
    expect(leg('gap', delayed(bob('agent_thinking'), 2500), delayed(bob('tool_completed'), 6000))).toEqual([
      6030,
      'over',
    ]);
  });

  it('count the credentials that the ladder asked for', () => {
    const probed = followed(bob('joined'), {
      kind: 'probed',
      rung: 'credentials',
      probe: 'rung',
      ok: true,
      tookMs: 300,
      answer: null,
      trouble: null,
      facts: {},
      detail: '',
    });
    expect(leg('credentials', probed)).toEqual([300, 'slow']);
  });

  it('are unmeasured where our own lateness spoilt the worst', () => {
    expect(leg('gap', delayed(bob('agent_thinking'), 5000), stalled(bob('agent_thinking'), 100))).toEqual([
      5040,
      'unmeasured',
    ]);
  });

  it('take a silence for the least that it lasted, and only when it was watched beyond the max', () => {
    expect(leg('gap', only('bob'), silenced(bob('tool_executing'), 'bob#1', 15_500))).toEqual([15_500, 'over']);
    expect(leg('gap', only('bob'), silenced(bob('agent_started'), 'bob#1', 3000))).toEqual([null, 'unmeasured']);
    expect(leg('first-event', only('bob'), silenced(bob('sent'), 'bob#1', 12_000))).toEqual([12_000, 'over']);
  });

  it('are unmeasured in a timeline of nothing', () => {
    expect(legs(only()).every(({ tookMs, state }) => tookMs === null && state === 'unmeasured')).toBe(true);
  });

  it('are over by their own max', () => {
    expect(leg('total', budgeted('total', 100))).toEqual([152, 'over']);
    expect(leg('total', budgeted('total', 200))).toEqual([152, 'slow']);
  });
});
