import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { deliveriesOf } from './deliveries.ts';
import { judge } from './judge.ts';
import { measureLegs } from './legs.ts';

const S = 1767225600;
/** The target's own stamp, so long after the question. An event arrives ten milliseconds after what came before it. */
const at = (ms: number) => ({ timestamp: S + ms / 1000 });

const took = (built: TimelineBuilder) => {
  const found = deliveriesOf(built.run());
  return 'measured' in found
    ? [...found.measured.values()].map((all) => all.map(({ tookMs }) => Math.round(tookMs)))
    : found.unmeasured;
};
const delivery = (built: TimelineBuilder) => {
  const run = built.run();
  const leg = measureLegs(run).find((measured) => measured.leg === 'delivery');
  return [judge(run).find(({ rule }) => rule.id === 'promptness/delivery')?.ruling.outcome, leg?.state];
};

const NAIVE_MS = 7_200_000;

describe('an event that was made in time and held up', () => {
  const begun = () => asked().event('agent_started', at(10)).event('agent_thinking', at(20));
  const LATE: readonly (readonly [string, TimelineBuilder, readonly (readonly number[])[]])[] = [
    ['alone', begun().wait(3000).event('agent_completed', at(25)), [[0, 0, 3005]]],
    [
      'with all that follows',
      begun().wait(3000).event('tool_executing', at(30)).event('agent_completed', at(40)),
      [[0, 0, 3000, 3000]],
    ],
    [
      'and overtaken by what was made later',
      begun()
        .wait(3000)
        .event('agent_completed', at(3030))
        .event('agent_thinking', { ...at(25), thought: 'again' }),
      [[0, 0, 0, 3015]],
    ],
    [
      'until after the next question',
      begun()
        .settled('quiet')
        .wait(3000)
        .asked('t2')
        .event('agent_thinking', { ...at(25), thought: 'again' }),
      [[0, 0, 3006]],
    ],
    [
      'behind a worker whose clock is a little behind',
      begun().event('tool_executing', at(-60)).wait(3000).event('agent_completed', at(45)),
      [[0, 0, 90, 2995]],
    ],
    [
      'behind two that were made at once',
      begun().event('tool_executing', at(20)).wait(3000).event('agent_completed', at(45)),
      [[0, 0, 10, 2995]],
    ],
  ];

  it.each(LATE)('is late: %s', (_how, built, ms) => {
    expect(took(built)).toEqual(ms);
    expect(delivery(built)).toEqual(['fail', 'over']);
  });
});

describe('stamps that contradict what must have happened first', () => {
  const STRANGE: readonly (readonly [string, TimelineBuilder, string])[] = [
    [
      'a worker three seconds behind',
      asked().event('agent_started', at(10)).event('agent_thinking', at(20)).event('tool_executing', at(-2970)),
      'tool_executing is stamped 2969 ms before it was asked for (run run-1)',
    ],
    [
      'a worker three seconds ahead',
      asked().event('agent_started', at(10)).event('agent_thinking', at(20)).event('tool_executing', at(3030)),
      'agent_started is stamped 2989 ms before it was asked for (run run-1)',
    ],
    [
      'local time in one shape, and the epoch in the other',
      asked()
        .event('agent_started', at(10))
        .event('agent_thinking', at(20 + NAIVE_MS))
        .event('tool_executing', at(30))
        .event('tool_completed', at(40 + NAIVE_MS)),
      'agent_started is stamped 7199989 ms before it was asked for (run run-1)',
    ],
    [
      'a thought of long ago',
      asked().event('agent_started', at(10)).event('agent_thinking', at(-86_399_995)).event('agent_completed', at(30)),
      'agent_thinking is stamped 86399994 ms before it was asked for (run run-1)',
    ],
    [
      'a worker three seconds behind, long after the question',
      asked()
        .event('agent_started', at(10))
        .wait(9000)
        .event('agent_thinking', at(9020))
        .event('tool_executing', at(6030)),
      'tool_executing is stamped 2990 ms before what it follows (run run-1)',
    ],
    [
      'a worker three seconds behind, in a second question',
      asked()
        .event('agent_started', at(10))
        .event('agent_completed', at(20))
        .settled()
        .wait(9000)
        .asked('t2')
        .event('agent_started', { ...at(9031), run_id: 'run-2' })
        .event('tool_executing', { ...at(6041), run_id: 'run-2' }),
      'tool_executing is stamped 2979 ms before it was asked for (run run-2)',
    ],
  ];

  it.each(STRANGE)('are not of one clock: %s', (_what, built, why) => {
    expect(took(built)).toBe(`the stamps are not of one clock: ${why}`);
    expect(delivery(built)).toEqual(['not-applicable', 'unmeasured']);
  });

  it('on one connection tell of the target, so that on none is anything late', () => {
    const two = asked()
      .event('agent_started', at(10))
      .event('tool_executing', at(-2980))
      .left()
      .on('bob')
      .opened()
      .welcomed()
      .asked()
      .event('agent_started', { ...at(60), run_id: 'run-2' })
      .wait(4000)
      .event('agent_thinking', { ...at(4070), run_id: 'run-2' })
      .wait(4000)
      .event('tool_executing', { ...at(5080), run_id: 'run-2' });
    expect(took(two)).toMatch(
      /^the stamps are not of one clock: tool_executing is stamped 2\d+ ms before it was asked/,
    );
  });
});

describe('a stamp that events share', () => {
  const created = () => asked().event('agent_started', at(5)).wait(900).event('agent_thinking', at(5));
  const unlike = (ms: number) =>
    `the stamps do not tell when an event was sent: events that came ${ms} ms apart share one`;

  it('although they came apart is the time of something else', () => {
    const all = created().wait(2000).event('agent_completed', at(5));
    const some = created().wait(2000).event('tool_executing', at(2930)).event('agent_completed', at(2940));
    expect([took(all), took(some)]).toEqual([unlike(910), unlike(910)]);
    expect(delivery(all)).toEqual(['not-applicable', 'unmeasured']);
  });

  it('tells as much as any where it was we who came late', () => {
    const stopped = asked()
      .event('agent_started', at(10))
      .event('agent_thinking', at(20))
      .stalled(900)
      .event('tool_executing', at(20))
      .event('agent_completed', at(940));
    expect(took(stopped)).toEqual([[0, 0, 910, 0]]);
  });
});

it('needs three stamps: of two nobody knows which is odd', () => {
  const two = () => asked().event('agent_started', at(10)).wait(3000).event('agent_completed', at(20));
  const why = 'fewer than three events of a connection carry stamps of their own that are finer than a second';
  expect(took(two())).toBe(why);
  expect(took(two().event('agent_thinking', { timestamp: S + 3 }))).toBe(why);
  expect(
    took(asked().event('agent_started', at(10)).event('agent_thinking', at(10)).event('tool_executing', at(20))),
  ).toBe(why);
});
