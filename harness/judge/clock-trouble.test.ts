import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { clockTrouble } from './clock-trouble.ts';
import { stampedIn } from './fine-stamp.ts';

/** The target's clock at monotonic zero. */
const S = 1767225600000;
const at = (ms: number, more: object = {}) => ({ timestamp: S + ms, ...more });
const trouble = (built: TimelineBuilder): string | null => {
  const run = built.run();
  return run.users.map((session) => clockTrouble(run, session, stampedIn(session))).find((one) => one !== null) ?? null;
};

describe('stamps of one clock', () => {
  // The question went out at 1007; what is stamped just as it arrives makes the quickest delivery.
  const stamped = (ms: number): TimelineBuilder =>
    asked().event('agent_thinking', at(1018)).event('agent_started', at(ms));

  it('are not earlier than the question, but for what clocks differ', () => {
    expect(trouble(stamped(906))).toBeNull();
    expect(trouble(stamped(905))).toBe(
      'the stamps are not of one clock: agent_started is stamped 102 ms before it was asked for (run run-1)',
    );
  });

  it('may be earlier than a question that a late event does not answer', () => {
    const built = asked().event('agent_started', at(1018)).event('agent_thinking', at(1028)).settled().wait(500);
    const late = built.asked('t2').event('agent_thinking', at(1200, { thought: 'late' }));
    expect(trouble(late)).toBeNull();
    const nameless = at(1200, { run_id: null });
    const other = built.event('agent_thinking', { run_id: null }).asked('t3').event('agent_thinking', nameless);
    expect(trouble(other)).toMatch(/agent_thinking is stamped \d+ ms before it was asked for \(turn t3\)/);
  });

  it('go on from the first of one type to the first of the next', () => {
    const back = (ms: number): TimelineBuilder =>
      asked().wait(500).event('agent_started', at(1400)).event('agent_thinking', at(ms));
    expect(trouble(back(1299))).toBeNull();
    expect(trouble(back(1298))).toBe(
      'the stamps are not of one clock: agent_thinking is stamped 102 ms before what it follows (run run-1)',
    );
  });

  it('may go back to what is no first of its type in order', () => {
    const thinking = (ms: number) => at(ms, { thought: `${ms}` });
    const again = asked().wait(500).event('agent_thinking', thinking(1400)).event('agent_thinking', thinking(1200));
    expect(trouble(again)).toBeNull();
    const behind = asked().wait(500).event('agent_thinking', thinking(1400)).event('agent_started', at(1400));
    expect(trouble(behind.event('agent_thinking', thinking(1200)))).toBeNull();
  });
});

describe('a stamp that two events share', () => {
  /** Two events of one stamp came so long apart, and others in between. */
  const shared = (apartMs: number, between: number): TimelineBuilder => {
    const first = asked().event('agent_started', at(1018));
    for (let count = 0; count < between; count += 1) first.received({ type: 'heartbeat', count });
    return first.wait(apartMs - 10).event('agent_thinking', at(1018));
  };

  it('tells when neither was sent where they came further apart than clocks differ and we may have been late', () => {
    expect(trouble(shared(101, 0))).toBeNull();
    expect(trouble(shared(102, 0))).toBe(
      'the stamps do not tell when an event was sent: events that came 102 ms apart share one',
    );
  });

  it('may be told in bursts that took us as long to read', () => {
    expect(trouble(shared(102, 8))).toBeNull();
    expect(trouble(shared(103, 8))).toMatch(/103 ms apart share one/);
  });
});
