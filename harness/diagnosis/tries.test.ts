import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { failedTries, triesOf } from './tries.ts';

const kindsOf = (built: TimelineBuilder): readonly string[] => failedTries(built.run()).map(({ kind }) => kind);

describe('a try that a later one made good', () => {
  it.each<readonly [string, TimelineBuilder, readonly string[]]>([
    ['refused', timeline().refused(503).opened({}, 2), ['refused']],
    ['failed', timeline().failed({}).opened({}, 2), ['failed']],
    ['closed', timeline().opened().closed(1013).opened({}, 2), ['closed']],
    ['never made good', timeline().refused(503).refused(503, '', {}, 2), []],
    ['an end after it opened', timeline().opened().closed(1011), []],
    ['another user', timeline().refused(503).on('bob').opened(), []],
    ['a probe', timeline('probe', 'probe').refused(503).opened({}, 2), []],
  ])('is %s', (_what, built, kinds) => {
    expect(kindsOf(built)).toEqual(kinds);
  });

  it('is told in the order of time, whoever tried', () => {
    const two = timeline().on('bob').failed({}).on('alice').refused(503).opened({}, 2).on('bob').opened({}, 2);
    expect(kindsOf(two)).toEqual(['failed', 'refused']);
  });
});

describe('a rung that a later try made good', () => {
  const ladder = (): TimelineBuilder => timeline('ladder', 'ladder');
  const down = (built = ladder()): TimelineBuilder => built.rung('tcp', { ok: false });
  const again = { facts: { attempts: 2 } } as const;

  it.each<readonly [string, TimelineBuilder, number]>([
    ['a rung that broke and was dialled again', down().rung('tcp', again), 1],
    ['two of them', down(down()).rung('tcp', { facts: { attempts: 3 } }), 2],
    ['a rung that held at once', ladder().rung('tcp').rung('tcp', again), 0],
    ['a rung that broke again', down().rung('tcp', { ok: false, ...again }), 0],
    ['another rung', down().rung('health', again), 0],
    ['a rung that was climbed anew, not dialled again', down().rung('tcp', { facts: { attempts: 1 } }), 0],
    ['a rung without a count', down().rung('tcp'), 0],
    ['a rung that broke afterwards', down(ladder().rung('tcp', again)), 0],
    ['a probe that is no rung', down().probe('own-clock', again, 'tcp'), 0],
    ['a rung after a probe that failed', ladder().probe('own-clock', { ok: false }, 'tcp').rung('tcp', again), 0],
  ])('counts %s', (_what, built, count) => {
    expect(kindsOf(built)).toHaveLength(count);
    expect(triesOf(built.run()).failedFirst).toBe(count > 0);
  });

  it('is counted by its dials, as those of a user are', () => {
    expect(triesOf(down().rung('tcp', again).run()).attempts).toBe(2);
    expect(triesOf(timeline().refused(503).opened({}, 2).run()).attempts).toBe(2);
    expect(triesOf(timeline('probe', 'probe').opened({}, 3).run()).attempts).toBe(1);
    expect(triesOf(ladder().probe('own-clock', again, 'tcp').run()).attempts).toBe(1);
  });
});
