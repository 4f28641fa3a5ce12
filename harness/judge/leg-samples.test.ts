import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { LEGS, type Leg } from '../timeline/header.ts';
import { measureLegs } from './legs.ts';
import { SESSION_LEGS, samplesOf } from './samples.ts';

const asked = () => timeline().opened().welcomed().asked();
const took = (built: TimelineBuilder, leg: Leg) =>
  samplesOf(built.run(), leg).map(({ tookMs, isSilence }) => (isSilence ? `silent for ${tookMs}` : tookMs));
const worst = (built: TimelineBuilder, leg: Leg) => {
  const found = measureLegs(built.run())[LEGS.indexOf(leg)];
  return [found?.tookMs, found?.state];
};

describe('the credentials', () => {
  it('take as long as the ladder’s own step for them, and nothing else', () => {
    const probed = timeline('ladder', 'ladder')
      .rung('health', { tookMs: 10 })
      .probe('auth-health', { tookMs: 20 }, 'credentials')
      .rung('credentials', { tookMs: 30 })
      .opened();
    expect(took(probed, 'credentials')).toEqual([30]);
  });
});

describe('a welcome', () => {
  it('that did not come was silence from the opening until the watch was given up', () => {
    const silent = () => timeline().dialled().gaveUp('connect', 70).opened({}, 2).wait(10).note({ kind: 'was-pinged' });
    expect(took(silent().gaveUp('welcome', 90), 'welcome')).toEqual(['silent for 100']);
    expect(took(silent(), 'welcome')).toEqual([]);
  });

  it('of a connection that never opened is not waited for', () => {
    const [never] = timeline().dialled().gaveUp('connect', 70).run().sessions;
    expect(never && SESSION_LEGS.welcome(never)).toEqual([]);
  });
});

describe('the gaps of a turn', () => {
  it('end with its last agent_completed', () => {
    const completed = () => asked().event('agent_started').wait(20).event('agent_completed');
    expect(took(completed().settled(), 'gap')).toEqual([30]);
    expect(took(completed().event('agent_thinking').settled(), 'gap')).toEqual([30]);
    expect(took(completed().gaveUp().settled('gave-up'), 'gap')).toEqual([30]);
    expect(took(asked().event('agent_completed').event('agent_thinking').gaveUp().settled('gave-up'), 'gap')).toEqual(
      [],
    );
  });

  it('go on into the silence in which it was given up', () => {
    const begun = asked().event('agent_started').wait(20).event('agent_thinking').gaveUp('gap', 3000);
    expect(took(begun.settled('gave-up'), 'gap')).toEqual([30, 'silent for 3000']);
  });
});

describe('a tool call', () => {
  const part = (type: string) => ({ type, data: { run_id: 'run-1', tool_name: 'search', execution_id: 'call-1' } });

  it('takes no time where one frame holds all of it', () => {
    expect(
      took(
        asked()
          .received([part('tool_executing'), part('tool_completed')])
          .settled(),
        'tool',
      ),
    ).toEqual([0]);
  });

  it('takes none that can be measured where its end came first', () => {
    expect(took(asked().event('tool_completed').event('tool_executing').settled(), 'tool')).toEqual([]);
  });
});

describe('the worst of a leg', () => {
  it('is the longest of those that are as grave, wherever it comes', () => {
    const gaps = (...ms: readonly number[]) =>
      ms.reduce((built, more) => built.wait(more).event('agent_thinking'), asked().event('agent_started'));
    expect(worst(gaps(10, 30, 20), 'gap')).toEqual([40, 'within']);
    expect(worst(gaps(30, 20, 10), 'gap')).toEqual([40, 'within']);
  });

  it('is what was late before what we were late for, however long that was', () => {
    const late = asked().event('agent_started').wait(2500).event('agent_thinking').wait(900).event('tool_executing');
    expect(worst(late.stalled(9000).event('agent_completed'), 'gap')).toEqual([2510, 'over']);
  });
});
