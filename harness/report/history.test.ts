import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { historyLine } from './history.ts';
import { readHistory } from './read-history.ts';

describe('the history', () => {
  it('keeps of each verdict one line that reads back', () => {
    const text = [PASSED, FAILED, BLOCKED, UNPROVEN].map((document) => `${historyLine(document)}\n`).join('');
    const { entries, unreadable } = readHistory(text);
    expect(unreadable).toBe(0);
    expect(entries.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ['passed', null],
      ['failed', 'event-missing'],
      ['blocked', 'service-unavailable'],
      ['unproven', 'harness-stalled'],
    ]);
    expect(entries[0]).toMatchObject({ at: PASSED.startedAt, environment: 'local', legs: { connect: 8, total: 210 } });
    expect(entries[0]?.legs).not.toHaveProperty('delivery');
    expect(entries[2]?.legs).toEqual({});
  });

  it('outlives a torn line, a line of a newer version and fields that it does not know', () => {
    const line = historyLine(PASSED);
    const newer = line.replace('history@1', 'history@2');
    const more = line.replace('{', '{"moreLater":1,');
    const { entries, unreadable } = readHistory(`${more}\n${newer}\n\n${line.slice(0, 40)}`);
    expect({ read: entries.length, unreadable }).toEqual({ read: 1, unreadable: 2 });
  });
});
