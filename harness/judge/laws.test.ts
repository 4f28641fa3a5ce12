import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLIGHTS } from '../../fixtures/plights.ts';
import { atAnotherTime } from '../../fixtures/retellings/at-another-time.ts';
import { inOneFrame } from '../../fixtures/retellings/in-one-frame.ts';
import { measuredAgain } from '../../fixtures/retellings/measured-again.ts';
import { respelt } from '../../fixtures/retellings/respelt.ts';
import { underOtherNames } from '../../fixtures/retellings/under-other-names.ts';
import { withNoise } from '../../fixtures/retellings/with-noise.ts';
import type { Timeline } from '../../fixtures/timeline.ts';
import { documentIn, essenceIn, verdictIn } from '../../fixtures/told.ts';
import { timelineText } from '../timeline/lines.ts';
import { readTimeline } from '../timeline/read-timeline.ts';

/** How often each law is tried on each kind of run. */
const TRIES = 6;

/** The same verdict for every way of telling each run again. */
function holds<T>(ways: fc.Arbitrary<T>, again: (timeline: Timeline, way: T) => Timeline): void {
  for (const [name, timeline] of PLIGHTS) {
    const verdict = essenceIn(timeline);
    fc.assert(
      fc.property(ways, (way) => {
        expect([name, essenceIn(again(timeline, way))]).toEqual([name, verdict]);
      }),
      { numRuns: TRIES, seed: 20260101 },
    );
  }
}

describe('the kinds of runs that laws are tried on', () => {
  it('are of every outcome, and of so many causes', () => {
    const verdicts = PLIGHTS.map(([, timeline]) => verdictIn(timeline));
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(
      new Set(['passed', 'failed', 'blocked', 'unproven']),
    );
    expect(new Set(verdicts.map(({ diagnosis }) => diagnosis?.cause)).size).toBeGreaterThan(45);
    expect(new Set(PLIGHTS.map(([name]) => name)).size).toBe(PLIGHTS.length);
  });
});

describe('a verdict does not change', () => {
  it('with heartbeats, acks, unknown messages, progress and pings in between', () => {
    const noise = fc.array(fc.record({ where: fc.nat(), what: fc.nat() }), { minLength: 1, maxLength: 30 });
    holds(noise, withNoise);
  });

  it('with frames of a burst stamped within the error of the measurement', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    holds(shares, measuredAgain);
    holds(fc.constant([1]), measuredAgain);
  });

  it('with neighbouring frames in one list', () => {
    holds(fc.constant(null), (timeline) => inOneFrame(timeline, () => true));
    holds(fc.array(fc.boolean(), { minLength: 1 }), (timeline, joined) =>
      inOneFrame(timeline, (nth) => joined[nth % joined.length] === true),
    );
  });

  it('with other white space and other escapes in the JSON of every frame', () => {
    holds(fc.nat(1000), ({ header, observations }, way) => ({
      header,
      observations: observations.map((seen) =>
        seen.kind === 'received' ? { ...seen, text: respelt(seen.text, way + seen.seq) } : seen,
      ),
    }));
  });

  it('on a clock that began at another time, and in a recording that began with another number', () => {
    const moved = fc.record({ byMs: fc.integer({ min: -900, max: 10_000_000 }), bySeq: fc.nat(100_000) });
    holds(moved, (timeline, { byMs, bySeq }) => atAnotherTime(timeline, byMs, bySeq));
  });
});

describe('a document is a function of the timeline alone', () => {
  it.each(PLIGHTS)('byte for byte the same from the stored lines: %s', (_, timeline) => {
    const read = readTimeline(timelineText(timeline.header, timeline.observations));
    if (!read.ok) throw new Error(read.problem);
    expect(JSON.stringify(documentIn(read))).toBe(JSON.stringify(documentIn(timeline)));
  });

  it.each(PLIGHTS)('and the same but for the names, whatever everybody and everything is called: %s', (_, timeline) => {
    const { timeline: other, back } = underOtherNames(timeline, 7);
    expect(back(JSON.stringify(documentIn(other)))).toBe(JSON.stringify(documentIn(timeline)));
  });
});
