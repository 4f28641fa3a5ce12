import { describe, expect, it } from 'vitest';
import { answer, timeline } from '../../fixtures/timeline-builder.ts';
import type { AuthMode } from '../timeline/observation.ts';
import { isInvalidByOwnClock, skewOf } from './credentials-refused.ts';

const STARTED_AT = '2026-01-01T00:00:00.000Z';
const START = Date.parse(STARTED_AT);

/** A token refused one second after the run began. */
function refused(token: { notBeforeMs?: number; expiresAtMs?: number }, source: AuthMode = 'mint') {
  const times = { expiresAtMs: null, ...token };
  const run = timeline()
    .with({ startedAt: STARTED_AT })
    .note({ kind: 'credentialed', source, subject: 'alice', fingerprint: '', ...times })
    .wait(990)
    .refused(403)
    .run();
  const at = run.observations.find(({ kind }) => kind === 'refused');
  if (at === undefined) throw new Error('nothing was refused');
  return { run, at };
}

const dateAt = (ms: number) => new Date(START + ms).toUTCString();

describe('a token that is not valid when it is used', () => {
  it.each([
    [2000, false],
    [2001, true],
    [60_000, true],
  ])('by its beginning %i ms into the run, after one second: %s', (ms, isInvalid) => {
    const { run, at } = refused({ notBeforeMs: START + ms });
    expect(isInvalidByOwnClock(run, at, answer(403))).toBe(isInvalid);
  });

  it.each([
    [1000, true],
    [1001, false],
  ])('by its end %i ms into the run, after one second: %s', (ms, isInvalid) => {
    const { run, at } = refused({ expiresAtMs: START + ms });
    expect(isInvalidByOwnClock(run, at, answer(403))).toBe(isInvalid);
  });

  it('is not so by our clock alone where the target tells its own', () => {
    const { run, at } = refused({ expiresAtMs: START + 500 });
    expect(isInvalidByOwnClock(run, at, answer(403, '', { date: dateAt(-5000) }))).toBe(false);
    expect(isInvalidByOwnClock(run, at, answer(403, '', { date: dateAt(5000) }))).toBe(true);
    const early = refused({ notBeforeMs: START + 5000 });
    expect(isInvalidByOwnClock(early.run, early.at, answer(403, '', { date: dateAt(9000) }))).toBe(false);
    expect(isInvalidByOwnClock(early.run, early.at, answer(403, '', { date: dateAt(0) }))).toBe(true);
  });
});

describe('a clock of the target', () => {
  it.each<[AuthMode, number, boolean]>([
    ['mint', -60_000, false],
    ['mint', -61_000, true],
    ['token', -61_000, false],
    ['simulate', -3_600_000, false],
  ])('refuses a token of %s from the future where it shows %i ms: %s', (source, ms, isSkewed) => {
    const { run, at } = refused({}, source);
    expect(skewOf(run, at, dateAt(ms)) !== null).toBe(isSkewed);
  });

  it.each([
    [9000, false],
    [10_000, true],
  ])('lets a token expire after 10 s where it shows %i ms: %s', (ms, isSkewed) => {
    const { run, at } = refused({ expiresAtMs: START + 10_000 }, 'token');
    expect(skewOf(run, at, dateAt(ms)) !== null).toBe(isSkewed);
  });

  it('is told by how much it goes ahead, or behind', () => {
    const expired = refused({ expiresAtMs: START + 10_000 }, 'token');
    expect(skewOf(expired.run, expired.at, dateAt(31_000))?.summary).toBe(
      'the clock of the target is 30.0 s ahead of ours, where our token is already expired',
    );
    const early = refused({});
    expect(skewOf(early.run, early.at, dateAt(-89_000))?.summary).toBe(
      'the clock of the target is 90.0 s behind ours, where our token is not valid yet',
    );
  });

  it('is read from its answer, and only where that has no date from another', () => {
    const beside = (offsetMs: number | string, startedAt = STARTED_AT) => {
      const run = timeline()
        .with({ startedAt })
        .credentialed('token', START + 10_000)
        .wait(990)
        .refused(403)
        .probe('own-clock', { facts: { offsetMs } })
        .run();
      const at = run.observations.find(({ kind }) => kind === 'refused');
      return (date?: string) => at && skewOf(run, at, date);
    };
    expect(beside(9000)()).not.toBeNull();
    expect(beside(8999)()).toBeNull();
    expect(beside(9000)(dateAt(1000))).toBeNull();
    expect(beside(0)(dateAt(10_000))).not.toBeNull();
    expect(beside('unknown')()).toBeNull();
    expect(beside(9000)('yesterday')).toBeNull();
    expect(beside(9000, 'yesterday')(dateAt(10_000))).toBeNull();
  });

  it('says nothing of a token where none was sent', () => {
    const run = timeline().with({ startedAt: STARTED_AT }).refused(403).run();
    const at = run.observations.find(({ kind }) => kind === 'refused');
    expect(at && skewOf(run, at, dateAt(-600_000))).toBeNull();
  });
});
