import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { expiredTooSoon } from './expired-too-soon.ts';

const START = Date.parse(timeline().run().header.startedAt);

/** A refusal 1000 ms after the run began. */
function refused(lifeMs: number | null, words: string) {
  const run = timeline()
    .credentialed('mint', lifeMs === null ? null : START + lifeMs)
    .wait(990)
    .refused(401)
    .run();
  const at = run.observations.find(({ kind }) => kind === 'refused');
  return at === undefined ? null : expiredTooSoon(run, at, words, 'closed-with-error');
}

describe('a token that is said to have expired', () => {
  it.each([
    [2000, false],
    [2001, true],
  ])('with its end %i ms into the run, after one second, is said so too soon: %s', (lifeMs, is) => {
    expect(refused(lifeMs, 'token expired') !== null).toBe(is);
  });

  it.each([
    ['TOKEN_EXPIRED', true],
    ['the token will expire', true],
    ['expiry reached', true],
    ['unexpired', false],
    ['invalid signature', false],
  ])('is said so by %j: %s', (words, is) => {
    expect(refused(60_000, words) !== null).toBe(is);
  });

  it('says nothing of a token without an end', () => {
    expect(refused(null, 'token expired')).toBeNull();
  });
});
