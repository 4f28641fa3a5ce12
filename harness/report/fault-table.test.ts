import { describe, expect, it } from 'vitest';
import { faultTable } from './fault-table.ts';

const blocked = { outcome: 'blocked', domain: 'infrastructure', cause: 'service-unavailable', exit: 2, note: null };
const passed = { outcome: 'passed', domain: null, cause: null, exit: 0, note: null };

describe('the list of faults', () => {
  it('keeps its columns whatever the longest name is, and says what a fault needs', () => {
    const long = 'a-name-that-is-longer-than-all-the-others';
    expect(
      faultTable([
        { name: '503', sentence: 'answers 503', verdict: blocked, needs: 'golden-path', incidents: ['I5', 'I37'] },
        { name: long, sentence: 'forgets', verdict: passed, needs: 'a reconnect', incidents: [] },
      ]),
    ).toMatchInlineSnapshot(`
      "503                                        blocked  infrastructure  service-unavailable  exit 2  I5 I37  answers 503
      a-name-that-is-longer-than-all-the-others  passed                                        exit 0          forgets (needs a reconnect)
      "
    `);
  });
});
