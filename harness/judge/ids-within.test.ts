import { expect, it } from 'vitest';
import { idsWithin } from './ids-within.ts';

it.each([
  ['a scalar field', { user_id: 'u7' }, ['u7']],
  ['a nested field', { data: { result: { userId: 'u7' } } }, ['u7']],
  ['a list of users', { data: { users: ['u7', 'u8'] } }, ['u7', 'u8']],
  ['a list of something else, where it is odd enough', { seen: ['e2e-carol-4711', 'carol'] }, ['e2e-carol-4711']],
  ['the name of a field', { shares: { 'e2e-carol-4711': 3 } }, ['e2e-carol-4711']],
  ['an empty frame', {}, []],
])('%s names whom it names', (_where, message, ids) => {
  expect(idsWithin(JSON.stringify(message))).toEqual(ids);
});
