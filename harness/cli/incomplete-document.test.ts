import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { incompleteDocument } from './incomplete-document.ts';

const LOST = { losses: ['line 40: not JSON'], ended: true };
const CUT = { losses: [], ended: false };

describe('the verdict on a stored timeline that is not whole', () => {
  it('passes nothing', () => {
    for (const wholeness of [LOST, CUT]) {
      const { outcome, domain, cause, exitCode } = incompleteDocument(PASSED, wholeness);
      expect([outcome, domain, cause, exitCode]).toEqual(['unproven', 'harness', 'nothing-judged', 3]);
    }
  });

  it('blames nobody for a line that was lost, and says what it would have said', () => {
    const { outcome, summary } = incompleteDocument({ ...FAILED, cause: 'event-missing' }, LOST);
    expect(outcome).toBe('unproven');
    expect(summary).toMatch(
      /^the stored timeline is not whole: line 40: not JSON; as far as it goes it would say event-missing: /,
    );
  });

  it('lets stand what the lines that are there show by themselves', () => {
    for (const document of [{ ...FAILED, cause: 'cross-user' as const }, BLOCKED, UNPROVEN])
      expect(incompleteDocument(document, LOST)).toBe(document);
  });

  it('changes nothing about a whole one', () => {
    for (const document of [PASSED, FAILED])
      expect(incompleteDocument(document, { losses: [], ended: true })).toBe(document);
  });
});
