import { describe, expect, it } from 'vitest';
import { answer } from '../../../fixtures/timeline-builder.ts';
import { saysTheSame } from './answered-alike.ts';

describe('two answers', () => {
  it.each([
    ['the id of a request', 'no: 7d1c9a40-52aa-4b1f-9c1d-1f5be3a6b9aa', 'no: A40F17C2-9E5D-4C11-8F6A-0D2B7E61C3F8'],
    ['an id in eight digits', 'no: deadbeef', 'no: cafebabe'],
    ['a number', 'wait 5 s', 'wait 30 s'],
    ['a time', 'at 2026-01-02T03:04:05Z', 'at 2026-11-12T13:14:15Z'],
    ['nothing', '', ''],
  ])('say the same where they differ by %s', (_what, one, other) => {
    expect(saysTheSame(answer(401, one), answer(401, other))).toBe(true);
  });

  it.each([
    ['their words', 'who are you?', 'not for you'],
    ['a short word that could be an id', 'no: effaced', 'no: defaced'],
    ['a number that only one has', '{"user":17}', '{"user":}'],
  ])('say something else where they differ by %s', (_what, one, other) => {
    expect(saysTheSame(answer(401, one), answer(401, other))).toBe(false);
  });

  it('say something else where they differ by their status', () => {
    expect(saysTheSame(answer(401, 'no'), answer(403, 'no'))).toBe(false);
  });
});
