import { describe, expect, it } from 'vitest';
import { PASSED } from '../../fixtures/verdict-documents.ts';
import type { Ruled } from '../judge/rule.ts';
import { passedSummary } from './passed-summary.ts';

const kept: Ruled = {
  rule: {
    id: 'a/b',
    statement: 'MUST hold',
    because: 'it is so',
    judge: () => ({ outcome: 'not-applicable', reason: '' }),
  },
  ruling: { outcome: 'pass', evidence: [{ kind: 'pinged', seq: 0, atMs: 0, session: 'alice' }] },
};
const redHealth = {
  ...PASSED,
  ladder: [...PASSED.ladder, { rung: 'health', ok: false, tookMs: 1, detail: '' } as const],
};
const slow = {
  ...PASSED,
  budgets: PASSED.budgets.map((it) => (it.leg === 'gap' ? { ...it, state: 'slow' as const } : it)),
};
const nothing = { budgets: [], ladder: [] };

describe('a pass says', () => {
  it.each([
    [
      'how many promises were kept, and how fast',
      [kept, kept],
      PASSED,
      false,
      '2 promises kept, first event after 12 ms, answered in 210 ms',
    ],
    ['what was slow', [kept], slow, false, '1 promise kept, first event after 12 ms, answered in 210 ms, slow: gap'],
    ['that the ladder alone was asked', [], nothing, false, 'every rung holds'],
    [
      'which rung was red and did not count',
      [],
      { ...redHealth, budgets: [] },
      false,
      'every rung that counts holds, although health is not ok',
    ],
    ['that it took a second try', [], nothing, true, 'every rung holds, only after a failed try'],
  ])('%s', (_what, rulings, document, flaky, text) => {
    expect(passedSummary(rulings, document, flaky)).toBe(text);
  });
});
