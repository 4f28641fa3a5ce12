import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED } from '../../fixtures/verdict-documents.ts';
import { eventLines } from './event-lines.ts';

const bobs = PASSED.events.map((event) => ({ ...event, session: 'bob' }));

describe('the table of events', () => {
  it('is complete for the first session, and one line for each other', () => {
    const events = [
      ...PASSED.events,
      ...PASSED.events.slice(1, 2),
      ...bobs.slice(0, 3),
      ...bobs.map((it) => ({ ...it, session: 'carol' })),
    ];
    expect(eventLines({ ...PASSED, events }).join('\n')).toMatchInlineSnapshot(`
      "agent_started      delivered     +12 ms   alice
      agent_thinking     delivered     +31 ms   alice   ×2
      tool_executing     delivered     +70 ms   alice
      tool_completed     delivered    +100 ms   alice
      agent_completed    delivered    +210 ms   alice
      bob                3 of five     +70 ms   missing: tool_completed, agent_completed
      carol              all five     +210 ms"
    `);
  });

  it('names five missing events where the rule could say so, and none where nobody asked', () => {
    expect(eventLines({ ...FAILED, events: [] }).filter((line) => line.endsWith('missing'))).toHaveLength(5);
    expect(eventLines(BLOCKED)).toEqual([]);
  });

  it('gives no time to an event that no question caused', () => {
    const events = PASSED.events.slice(0, 1).map((event) => ({ ...event, sinceSendMs: null }));
    expect(eventLines({ ...PASSED, events })[0]).toBe('agent_started      delivered');
  });
});
