import { describe, expect, it } from 'vitest';
import { withBudgets } from './budget-flags.ts';
import { BUDGETS } from './budgets.ts';

describe('budget flags', () => {
  it("replace a leg's max, the last one winning", () => {
    const budgets = withBudgets(BUDGETS.staging, ['connect=1000', 'gap=5', 'gap=120000']);
    expect(budgets.connect).toEqual({ targetMs: 1000, maxMs: 1000 });
    expect(budgets.gap).toEqual({ targetMs: 15_000, maxMs: 120_000 });
    expect(withBudgets(BUDGETS.local, [])).toEqual(BUDGETS.local);
  });

  it('are refused together', () => {
    expect(() => withBudgets(BUDGETS.local, ['conect=1', 'gap', 'tool=0', 'total=1e3'])).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        hint: expect.stringContaining('did you mean connect?'),
        message:
          'leg "conect" is unknown; --budget gap: "" is no time in milliseconds; --budget tool: "0" is no time in milliseconds; --budget total: "1e3" is no time in milliseconds',
      }),
    );
  });
});
