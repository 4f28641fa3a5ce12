import { describe, expect, it } from 'vitest';
import { HEADER } from '../../fixtures/timeline-header.ts';
import type { Observation } from '../timeline/observation.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { excerpt, isWhole } from './excerpt.ts';

function received(seq: number, message: object): Observation {
  return { kind: 'received', seq, atMs: seq, session: 'alice', text: JSON.stringify(message) };
}

function read(text: string) {
  const timeline = readTimeline(text);
  if (!timeline.ok) throw new Error(timeline.problem);
  expect(timeline.remarks).toEqual([]);
  return timeline.observations;
}

describe('an excerpt', () => {
  it('is the whole timeline where that fits', () => {
    const all = [
      received(0, { type: 'agent_started' }),
      received(1, { type: 'agent_completed', text: 'x'.repeat(5000) }),
    ];
    const text = excerpt(HEADER, all, 10_000);
    expect(read(text)).toEqual(all);
    expect(isWhole(text)).toBe(true);
  });

  it('shrinks long strings first, and keeps different ones different', () => {
    const long = 'x'.repeat(5000);
    const all = [1, 2].map((n) => received(n, { type: 'agent_thinking', text: `${long}${n}${long}` }));
    const text = excerpt(HEADER, all, 8000);
    const [first, second] = read(text).map((seen) => (seen.kind === 'received' ? JSON.parse(seen.text) : null));
    expect(text.length).toBeLessThanOrEqual(8000);
    expect(first).toMatchObject({ type: 'agent_thinking', text: expect.stringContaining('…10001:') });
    expect(first.text).not.toBe(second.text);
    expect(isWhole(text)).toBe(true);
  });

  it('leaves out heartbeats before events, from the middle, and says how many', () => {
    const beats = Array.from({ length: 200 }, (_, index) => received(index + 1, { type: 'heartbeat', index }));
    const closed: Observation = {
      kind: 'closed',
      seq: 202,
      atMs: 202,
      session: 'alice',
      code: 1011,
      reason: '',
      how: 'frame',
      socketCode: null,
    };
    const all = [received(0, { type: 'agent_started' }), ...beats, received(201, { type: 'agent_completed' }), closed];
    const text = excerpt(HEADER, all, 5000);
    const kept = read(text);
    expect(text.length).toBeLessThanOrEqual(5000);
    expect(kept.map((seen) => seen.seq)).toEqual(expect.arrayContaining([0, 1, 2, 199, 200, 201, 202]));
    expect(kept.map((seen) => seen.seq)).not.toContain(100);
    expect(kept.at(-1)).toMatchObject({
      kind: 'noted',
      topic: 'excerpt',
      text: `${203 - (kept.length - 1)} of 203 observations left out`,
    });
    expect(isWhole(text)).toBe(false);
  });

  it('leaves text that is no JSON as it is', () => {
    const all: readonly Observation[] = [
      { kind: 'received', seq: 0, atMs: 0, session: 'alice', text: `not json ${'x'.repeat(3000)}` },
    ];
    expect(read(excerpt(HEADER, all, 4500))).toEqual(all);
  });
});
