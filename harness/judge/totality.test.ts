import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRun } from '../../fixtures/arbitrary-run.ts';
import { PLIGHTS } from '../../fixtures/plights.ts';
import { renumbered } from '../../fixtures/retellings/renumbered.ts';
import type { Timeline } from '../../fixtures/timeline.ts';
import { documentIn, verdictIn } from '../../fixtures/told.ts';
import { verdictSchema } from '../report/document-schema.ts';
import type { Observation } from '../timeline/observation.ts';
import { levelOf } from './rule.ts';

const BLAMES = { failed: 'application', blocked: 'infrastructure', unproven: 'harness' } as const;

/** What every verdict is, of whatever timeline. */
function isSound(timeline: Timeline): void {
  const { outcome, diagnosis, rulings } = verdictIn(timeline);
  const seqs = new Set(timeline.observations.map(({ seq }) => seq));
  for (const { rule, ruling } of rulings) {
    if (ruling.outcome === 'inconclusive') expect(ruling.reason).not.toContain('crashed');
    if (outcome === 'passed' && levelOf(rule) === 'MUST') expect(['pass', 'not-applicable']).toContain(ruling.outcome);
    if (ruling.outcome === 'pass') expect(ruling.evidence.every(({ seq }) => seqs.has(seq))).toBe(true);
    if (ruling.outcome !== 'fail') continue;
    for (const { expected, actual, at } of ruling.violations) {
      expect(at.every((seq) => seqs.has(seq))).toBe(true);
      expect(`${expected}: ${actual}`).not.toMatch(/undefined|\[object|NaN/);
    }
  }
  if (outcome === 'passed') expect(diagnosis).toBeNull();
  else expect(diagnosis?.domain).toBe(BLAMES[outcome]);
  if (diagnosis?.confidence !== 'certain') expect(diagnosis?.rivals).not.toEqual([]);
  expect(verdictSchema.safeParse(documentIn(timeline)).error).toBeUndefined();
}

describe('whatever a timeline has become', () => {
  it('a verdict stands on what is there: cut, with a kind of sighting missing, or out of order', () => {
    const harm = fc.record({
      from: fc.nat(120),
      to: fc.nat(120),
      lost: fc.nat(),
      order: fc.array(fc.nat(), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.nat(PLIGHTS.length - 1), harm, (at, { from, to, lost, order }) => {
        const { header, observations } = PLIGHTS[at]?.[1] ?? never();
        const kinds = [...new Set(observations.map(({ kind }) => kind))];
        const kept = observations
          .slice(from % 3 === 0 ? from % observations.length : 0, to % 2 === 0 ? undefined : to)
          .filter(({ kind }) => lost % 2 === 0 || kind !== kinds[lost % kinds.length]);
        isSound({ header, observations: renumbered(shuffled(kept, order)) });
      }),
      { numRuns: 600, seed: 20260102 },
    );
  });

  it('a verdict stands on what is there, were it made of anything at all', () => {
    fc.assert(
      fc.property(anyRun, ({ header, observations }) => isSound({ header, observations })),
      { numRuns: 500, seed: 20260103 },
    );
  });

  it('nothing of it was judged before, and judging it changes nothing', () => {
    for (const [, { header, observations }] of PLIGHTS) {
      const text = JSON.stringify({ header, observations });
      isSound({ header, observations });
      expect(JSON.stringify({ header, observations })).toBe(text);
    }
  });
});

describe('a recording that stops early', () => {
  it.each(PLIGHTS.filter(([, timeline]) => passedAtOnce(timeline)))(
    'blames nobody for what was not written, wherever it stops: %s',
    (_, { header, observations }) => {
      for (let length = 0; length < observations.length; length += 1) {
        const { outcome, diagnosis } = verdictIn({ header, observations: observations.slice(0, length) });
        expect([length, outcome, diagnosis?.summary]).toEqual([
          length,
          expect.stringMatching(/passed|unproven/),
          diagnosis?.summary,
        ]);
      }
    },
  );
});

/** Without a failed try before: that much was seen. */
function passedAtOnce(timeline: Timeline): boolean {
  const { outcome, flaky } = verdictIn(timeline);
  return outcome === 'passed' && !flaky;
}

/** Some neighbours change places. */
function shuffled(observations: readonly Observation[], order: readonly number[]): readonly Observation[] {
  const moved = [...observations];
  for (const [index, place] of order.entries()) {
    const [from, to] = [(place * 7) % Math.max(1, moved.length), index % Math.max(1, moved.length)];
    const [a, b] = [moved[from], moved[to]];
    if (a && b) [moved[from], moved[to]] = [b, a];
  }
  return moved;
}

function never(): Timeline {
  throw new Error('no such run');
}
