import { describe, expect, it } from 'vitest';
import { FAILED, PASSED } from '../../fixtures/verdict-documents.ts';
import { boundedDocument } from './bounded-document.ts';
import { verdictSchema } from './document-schema.ts';
import { eventLines } from './event-lines.ts';

const long = 'x'.repeat(1e6);
const [event] = PASSED.events;
const [ruling] = FAILED.rulings;
if (event === undefined || ruling === undefined) throw new Error('the fixtures hold no event or ruling');

describe('a document of a usual run', () => {
  it.each([PASSED, FAILED])('is left as it is ($outcome)', (document) => {
    expect(boundedDocument(document)).toEqual(document);
  });
});

describe('a document of a run that talks without end', () => {
  it('holds texts of at most 2,000 characters, and says how long they were', () => {
    const rival = { cause: 'run-stalled', check: long };
    const rulings = [{ ...ruling, violations: [{ expected: long, actual: long, at: [1] }], reason: long }];
    const bounded = boundedDocument({ ...FAILED, summary: long, hint: long, notes: [long], rivals: [rival], rulings });
    for (const text of [bounded.summary, bounded.hint, ...bounded.notes]) expect(text).toHaveLength(2000);
    expect(bounded.summary).toMatch(/x… \(1000000 characters\)$/);
    expect(JSON.stringify(bounded).length).toBeLessThan(30_000);
    expect(verdictSchema.parse(bounded)).toEqual(bounded);
  });

  it('cuts no character in two', () => {
    const { summary } = boundedDocument({ ...FAILED, summary: '👋'.repeat(5000) });
    expect(summary.isWellFormed()).toBe(true);
    expect(summary.length).toBeGreaterThan(1990);
  });

  it('holds a hundred violations of a rule, the last of which counts the others', () => {
    const violations = Array.from({ length: 5000 }, (_, at) => ({
      expected: `e${at}`,
      actual: 'a',
      at: Array.from({ length: 500 }, () => at),
    }));
    const [bounded] = boundedDocument({ ...FAILED, rulings: [{ ...ruling, violations }] }).rulings;
    expect(bounded?.violations).toHaveLength(100);
    expect(bounded?.violations.at(-1)).toEqual({ expected: 'no more of these', actual: 'and 4901 more', at: [] });
    expect(bounded?.violations[0]?.at).toHaveLength(100);
    expect(bounded?.outcome).toBe('fail');
  });

  it('holds 200 notes, the last of which counts the others', () => {
    const notes = Array.from({ length: 5000 }, (_, index) => `note ${index}`);
    const bounded = boundedDocument({ ...FAILED, notes });
    expect(bounded.notes).toHaveLength(200);
    expect(bounded.notes.at(-1)).toBe('and 4801 more notes, left out here');
  });

  it('holds 10,000 events, says so, and makes no type look missing', () => {
    const flood = Array.from({ length: 50_000 }, (_, at) => ({ ...event, type: 'agent_thinking', atMs: at }));
    const [started, ...others] = PASSED.events;
    const events = started === undefined ? [] : [started, ...flood, ...others];
    const bounded = boundedDocument({ ...PASSED, events });
    expect(bounded.events).toHaveLength(10_000);
    expect(bounded.events.at(-1)).toEqual(PASSED.events.at(-1));
    expect(bounded.notes).toEqual(['40005 of 50005 events are left out here; the timeline has all']);
    expect(eventLines(bounded).join('\n')).not.toContain('missing');
  });

  it('holds ids in its events that are no books', () => {
    const bounded = boundedDocument({ ...PASSED, events: [{ ...event, runId: long, tool: long, session: long }] });
    expect(JSON.stringify(bounded.events).length).toBeLessThan(1000);
  });
});
