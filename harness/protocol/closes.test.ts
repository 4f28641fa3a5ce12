import { expect, test } from 'vitest';
import { CLOSE_CODES, closeName } from './closes.ts';

test.each([
  [1000, '1000 normal closure'],
  [1006, '1006 no close frame'],
  [1012, '1012 service restart'],
  [3000, '3000 registered by a library'],
  [4401, "4401 the application's own"],
  [999, '999 unassigned'],
  [1004, '1004 unassigned'],
  [5000, '5000 unassigned'],
])('%i reads as %s', (code, name) => {
  expect(closeName(code)).toBe(name);
});

test('nobody sends a code that stands for the absence of a frame', () => {
  expect([...CLOSE_CODES].filter(([, { sender }]) => sender === 'nobody').map(([code]) => code)).toEqual([1006, 1015]);
});
