import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { heldOffMs } from './held-off.ts';

const told = (status: number, body = '', headers = {}) =>
  heldOffMs(timeline().refused(status, body, headers).observations(), 'alice');

describe('a target that wants to be left alone', () => {
  it.each([
    ['429', told(429), 30_000],
    ['429 with Retry-After', told(429, '', { 'retry-after': '7' }), 7000],
    ['429 with an hour', told(429, '', { 'retry-after': '3600' }), 60_000],
    ['429 with a date', told(429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), 30_000],
    ['503 of a breaker', told(503, '{"detail":"circuit breaker is open"}'), 30_000],
    ['503 with Retry-After', told(503, '', { 'retry-after': '2' }), 2000],
    ['503', told(503), null],
    ['401', told(401, 'circuit'), null],
    [
      'a close that names the breaker',
      heldOffMs(timeline().opened().closed(1008, 'breaker open').observations(), 'alice'),
      30_000,
    ],
    ['any other close', heldOffMs(timeline().opened().closed(1008, 'bad token').observations(), 'alice'), null],
    ['a later connection', heldOffMs(timeline().refused(429).opened().observations(), 'alice'), null],
    ['another session', heldOffMs(timeline().refused(429).observations(), 'bob'), null],
  ])('by %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});
