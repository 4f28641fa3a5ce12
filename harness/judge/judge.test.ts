import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../fixtures/healthy.ts';
import { placed, runOf, type Timeline } from '../../fixtures/timeline.ts';
import { timelineText } from '../timeline/lines.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { CATALOGUE } from './catalogue.ts';
import { judge, rulingBy } from './judge.ts';

const ruledBy = (rules: readonly string[]) => judge(runOf({ ...HEALTHY, header: { ...HEALTHY.header, rules } }));

describe('a judgement', () => {
  it('rules by what the header names, once each, in its order', () => {
    const ids = ['wire/decodes', 'lifecycle/all-five', 'wire/decodes'];
    expect(ruledBy(ids).map(({ rule }) => rule.id)).toEqual(['wire/decodes', 'lifecycle/all-five']);
    expect(ruledBy([])).toEqual([]);
  });

  it('leaves open what a rule that nobody knows would say', () => {
    const [later, odd] = ruledBy(['lifecycle/of-tomorrow', 'odd']);
    expect(later).toMatchObject({
      rule: {
        id: 'lifecycle/of-tomorrow',
        statement: 'MUST be a rule of this harness',
        because: 'a promise that cannot be judged must not look kept',
      },
      ruling: { outcome: 'inconclusive', reason: 'no rule is named lifecycle/of-tomorrow in this version' },
    });
    expect(odd?.rule.id).toBe('unknown/odd');
  });

  it.each([
    [new Error('out of luck'), 'rule wire/decodes crashed: out of luck'],
    ['a word', 'rule wire/decodes crashed: it threw no error'],
  ])('leaves open what a rule that throws %s would say', (thrown, reason) => {
    const crashing = {
      ...CATALOGUE[0],
      id: 'wire/decodes',
      judge: () => {
        throw thrown;
      },
    } as const;
    expect(rulingBy(crashing, runOf(HEALTHY))).toEqual({ outcome: 'inconclusive', reason });
  });

  const { observations } = HEALTHY;
  const harmed = fc
    .array(
      fc.record({ at: fc.nat(observations.length - 1), doing: fc.constantFrom('drop', 'double', 'move', 'cross') }),
      {
        maxLength: 25,
      },
    )
    .map((harms): Timeline => {
      const sightings = observations.map(({ seq: _, atMs, session, ...sighting }) => [{ session, atMs, sighting }]);
      for (const { at, doing } of harms) {
        const [one] = sightings[at] ?? [];
        if (!one) continue;
        if (doing === 'drop') sightings[at] = [];
        if (doing === 'double') sightings[at]?.push(one);
        if (doing === 'move') sightings[at] = [{ ...one, atMs: one.atMs + 100 }];
        if (doing === 'cross') sightings[at] = [{ ...one, session: 'dave' }];
      }
      return { ...HEALTHY, observations: placed(sightings.flat()) };
    });

  it('never crashes, and points only to what is there, however a timeline is harmed', () => {
    fc.assert(
      fc.property(harmed, (timeline) => {
        for (const { ruling } of judge(runOf(timeline))) {
          if (ruling.outcome === 'inconclusive') expect(ruling.reason).not.toContain('crashed');
          if (ruling.outcome !== 'fail') continue;
          for (const { at } of ruling.violations) expect(at.every((seq) => seq in timeline.observations)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the stored timeline as for the run itself', () => {
    fc.assert(
      fc.property(harmed, (timeline) => {
        const read = readTimeline(timelineText(timeline.header, timeline.observations));
        expect(read.ok && judge(runOf(read))).toEqual(judge(runOf(timeline)));
      }),
      { numRuns: 100 },
    );
  });

  it('of one session is the same with fifty runs beside it', () => {
    const bobs = observations.filter(({ session }) => session === 'bob');
    const crowd = Array.from({ length: 50 }, (_, at) =>
      bobs.map((seen) => {
        const twin: typeof seen = JSON.parse(
          JSON.stringify(seen)
            .replaceAll('bob', `bob${at}`)
            .replaceAll('run_agent_3_d0', `run_${at}`)
            .replaceAll('thread_session_3_77', `thread_${at}`),
        );
        return twin;
      }),
    ).flat();
    const together = { ...HEALTHY, observations: placed([...observations, ...crowd].map(unplaced)) };
    expect(outcomes(together)).toEqual(outcomes(HEALTHY));
  });
});

function unplaced({ seq: _, atMs, session, ...sighting }: (typeof HEALTHY.observations)[number]) {
  return { session, atMs, sighting };
}

function outcomes(timeline: Timeline): readonly (readonly [string, string])[] {
  return judge(runOf(timeline)).map(({ rule, ruling }) => [rule.id, ruling.outcome]);
}
