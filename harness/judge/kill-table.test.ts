import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../fixtures/healthy.ts';
import { KILLS } from '../../fixtures/kills.ts';
import { runOf, type Timeline } from '../../fixtures/timeline.ts';
import { CATALOGUE } from './catalogue.ts';
import { judge } from './judge.ts';

const brokenBy = (timeline: Timeline): readonly string[] =>
  judge(runOf(timeline)).flatMap(({ rule, ruling }) => (ruling.outcome === 'fail' ? [rule.id] : []));

describe('the kill table', () => {
  it('finds every promise kept, with evidence, in the healthy timeline', () => {
    const rulings = judge(runOf(HEALTHY)).map(({ rule, ruling }) => [rule.id, ruling.outcome]);
    expect(rulings).toEqual(CATALOGUE.map((rule) => [rule.id, 'pass']));
  });

  it.each(KILLS)('when %s, exactly the promises beside it are broken', (_, mutation, broken) => {
    expect(brokenBy(mutation(HEALTHY)).toSorted()).toEqual(broken.toSorted());
  });

  it('has a harm for every rule of the catalogue', () => {
    const killed = new Set(KILLS.flatMap(([, , broken]) => broken));
    expect(CATALOGUE.map((rule) => rule.id).filter((id) => !killed.has(id))).toEqual([]);
  });

  it('cites in every violation observations that are there', () => {
    for (const [, mutation] of KILLS) {
      const run = runOf(mutation(HEALTHY));
      for (const { ruling } of judge(run)) {
        if (ruling.outcome !== 'fail') continue;
        for (const { at } of ruling.violations) {
          expect(at.length).toBeGreaterThan(0);
          expect(at.every((seq) => run.observations[seq]?.seq === seq)).toBe(true);
        }
      }
    }
  });
});
