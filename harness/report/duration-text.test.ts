import { expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

it.each([
  [0, '0.0 ms'],
  [0.04, '0.0 ms'],
  [0.44, '0.4 ms'],
  [0.96, '1 ms'],
  [12.4, '12 ms'],
  [9999.4, '9999 ms'],
  [10_000, '10.0 s'],
  [64_230, '64.2 s'],
  [750_000, '12.5 min'],
  [-3, '-3 ms'],
])('a duration of %d ms reads %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
