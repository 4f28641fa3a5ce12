import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stampOf } from './stamp.ts';

const NOON_MS = Date.UTC(2025, 8, 18, 12, 0, 0);
const NOON_S = NOON_MS / 1000;

test.each([
  ['2025-09-18T12:00:00.123456+00:00', NOON_MS + 123.456, 0.001],
  ['2025-09-18T12:00:00.123456', NOON_MS + 123.456, 0.001],
  ['2025-09-18T14:00:00.123+02:00', NOON_MS + 123, 1],
  ['2025-09-18T14:00:00.5+0200', NOON_MS + 500, 100],
  ['2025-09-18T07:00:00-05', NOON_MS, 1000],
  ['2025-09-18T17:30:00+05:30', NOON_MS, 1000],
  ['2025-09-18T08:30:00-0330', NOON_MS, 1000],
  ['2025-09-18T12:00:00.25z', NOON_MS + 250, 10],
  ['2025-09-18T12:00:00Z', NOON_MS, 1000],
  ['2025-09-18 12:00:00', NOON_MS, 1000],
  ['2025-09-18T12:00:00+00:00Z', NOON_MS, 1000],
  [' 2025-09-18T12:00:00.001Z ', NOON_MS + 1, 1],
  [NOON_S, NOON_MS, 1000],
  [NOON_S + 0.25, NOON_MS + 250, 1],
  [NOON_MS, NOON_MS, 1],
  [NOON_MS + 7, NOON_MS + 7, 1],
  [1e8, 1e11, 1000],
  [1e11, 1e11, 1],
  [1e14 - 1, 1e14 - 1, 1],
  [`${NOON_S}`, NOON_MS, 1000],
  [`${NOON_S}.25`, NOON_MS + 250, 1],
  [`${NOON_MS + 7}`, NOON_MS + 7, 1],
])('%j is a time', (written, atMs, resolutionMs) => {
  const stamp = stampOf(written);
  expect(stamp?.atMs).toBeCloseTo(atMs, 3);
  expect(stamp?.resolutionMs).toBeCloseTo(resolutionMs, 9);
});

test.each([
  null,
  undefined,
  true,
  {},
  [],
  '',
  'now',
  'yesterday',
  0,
  -1,
  5,
  1e8 - 1,
  1e14,
  1e15,
  NaN,
  Infinity,
  '12:00',
  '2025-09-18',
])('%j is none', (written) => {
  expect(stampOf(written)).toBeNull();
});

test('a date that no calendar has is none', () => {
  expect(stampOf('2025-13-41T12:00:00Z')).toBeNull();
});

test('every instant is read back from each form that has its resolution', () => {
  const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(instants, (atMs) => {
      const iso = new Date(atMs).toISOString();
      for (const written of [atMs, `${atMs}`, iso, iso.replace('Z', ''), iso.replace('Z', '+00:00')])
        expect(stampOf(written)?.atMs).toBeCloseTo(atMs, 3);
      expect(stampOf(atMs / 1000)?.atMs).toBeCloseTo(atMs, 2);
    }),
  );
});
