import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { missedIn } from './missed.ts';

const S = 1767225600;
/** The target's own stamp, so long after the whole second. */
const at = (ms: number) => ({ timestamp: S * 1000 + ms });

/** An event arrives so long after its stamp, says nothing of itself, and the connection is lost. */
const lost = () => timeline().opened().welcomed().asked().event('agent_started', at(10)).wait(500).closed(1006);
const back = (of: TimelineBuilder) => of.opened().note({ kind: 'resumed', turn: 't1' });
const missed = (built: TimelineBuilder) =>
  built.run().turns.flatMap((turn) => missedIn(turn).map(({ event }) => event.type));

describe('an event was missed', () => {
  it('where it says so and came after the connection was lost', () => {
    expect(missed(back(lost()).event('agent_thinking', { recovered: true, run_id: 'run-1' }))).toEqual([
      'agent_thinking',
    ]);
    expect(missed(back(lost()).event('agent_thinking', { attempt: 2 }))).toEqual(['agent_thinking']);
    expect(missed(back(lost().on('alice').event('tool_executing', { attempt: 2 })))).toEqual([]);
    expect(missed(back(lost()).event('agent_thinking'))).toEqual([]);
  });

  // The first event arrived at its stamp and no later, ten milliseconds after it was asked for; the way back opens 505 later.
  it.each([
    [512, ['agent_thinking']],
    [513, []],
    [10, ['agent_thinking']],
    [600, []],
  ])('where it was stamped %d ms after the whole second, before the way back was open: %j', (ms, types) => {
    expect(missed(back(lost()).event('agent_thinking', at(ms)))).toEqual(types);
  });

  it('by the quickest delivery before the connection was lost, not by one after that', () => {
    const slow = () =>
      timeline().opened().welcomed().asked().wait(990).event('agent_started', at(10)).wait(500).closed(1006);
    expect(missed(back(slow()).event('agent_thinking', at(1000)).event('agent_completed', at(2000)))).toEqual([]);
    expect(
      missed(back(back(slow()).event('agent_thinking', at(1500)).closed(1006)).event('agent_completed', at(600))),
    ).toEqual([]);
  });

  it('is not known by a stamp where nothing came before the connection was lost', () => {
    const silent = timeline().opened().welcomed().asked().closed(1006);
    expect(missed(back(silent).event('agent_thinking', at(-9000)))).toEqual([]);
  });
});
