import { expect, it } from 'vitest';
import { idsIn, markersIn } from './request-ids.ts';

it('finds the ids of a request under every name that ends in id, however nested', () => {
  const request = {
    type: 'user_message',
    thread_id: 't1',
    payload: {
      run_id: 'r1',
      messageId: 'm1',
      valid: 'no',
      paid: 'no',
      count_id: 3,
      empty_id: '',
      items: [{ id: 'i1' }],
    },
  };
  expect([...idsIn(JSON.stringify(request))]).toEqual(['t1', 'r1', 'm1', 'i1']);
});

it('finds no ids in what is no object', () => {
  expect([...idsIn('not json'), ...idsIn('null'), ...idsIn('"id"')]).toEqual([]);
});

it('finds each marker once', () => {
  expect(markersIn('why? [ref a1] because [ref b2], and [ref a1]')).toEqual(['a1', 'b2']);
  expect(markersIn('[reference] [ref ] [ref two words]')).toEqual([]);
});
