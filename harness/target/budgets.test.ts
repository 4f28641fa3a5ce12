import { describe, expect, it } from 'vitest';
import { LEGS } from '../timeline/header.ts';
import { BUDGETS } from './budgets.ts';

describe('the default budgets', () => {
  it.each(Object.entries(BUDGETS))('of %s keep every target under its max', (_, budgets) => {
    for (const leg of LEGS) expect(budgets[leg].targetMs).toBeLessThan(budgets[leg].maxMs);
  });

  it('never ask a cold target to be faster than a warm one', () => {
    for (const leg of LEGS) {
      expect(BUDGETS['staging-cold'][leg].targetMs).toBeGreaterThanOrEqual(BUDGETS.staging[leg].targetMs);
      expect(BUDGETS['staging-cold'][leg].maxMs).toBeGreaterThanOrEqual(BUDGETS.staging[leg].maxMs);
    }
  });

  it('leave room for the one recorded live run', () => {
    expect(BUDGETS.staging['first-event'].maxMs).toBeGreaterThan(7_700);
    expect(BUDGETS.staging.gap.maxMs).toBeGreaterThan(64_000);
    expect(BUDGETS.staging.total.maxMs).toBeGreaterThan(92_000);
  });
});
