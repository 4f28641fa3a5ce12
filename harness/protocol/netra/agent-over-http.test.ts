import { describe, expect, it } from 'vitest';
import { agentOverHttp } from './agent-over-http.ts';

const read = (status: number, body: unknown) =>
  agentOverHttp.read(status, typeof body === 'string' ? body : JSON.stringify(body));

describe('an answer of the agent over HTTP', () => {
  it.each([
    ['success with words', { status: 'success', response: 'three savings', error: null }],
    ['a result in place of a response', { status: 'completed', result: { savings: 3 } }],
    ['no status at all', { response: 'three savings', error: '' }],
  ])('counts with %s', (_what, body) => {
    expect(read(200, body)).toEqual({ answered: true, absent: false, detail: 'the agent answered' });
  });

  it.each([
    ['an error', { status: 'success', response: 'x', error: 'no model' }, 'answered 200 with an error'],
    ['a status that is none of success', { status: 'failed', response: 'x' }, 'answered 200 with status failed'],
    ['a long status', { status: 'x'.repeat(41), response: 'x' }, `answered 200 with status ${'x'.repeat(40)}`],
    ['neither status nor words', { response: ' ' }, 'answered 200 with no answer in it'],
    ['no words', { status: 'success', response: ' ', result: {} }, 'answered 200 with no answer in it'],
  ])('does not count with %s', (_what, body, detail) => {
    expect(read(200, body)).toEqual({ answered: false, absent: false, detail });
  });

  it('is not offered where it is no JSON object, or there is no such path', () => {
    for (const body of ['<html>', '[1]', '', 'null'])
      expect(read(200, body)).toMatchObject({ answered: false, absent: true });
    for (const status of [404, 405, 426, 501])
      expect(read(status, '')).toMatchObject({ answered: false, absent: true });
    expect(read(200, '')).toMatchObject({ detail: 'answered 200 with no JSON object' });
    expect(read(199, '{"response":"x"}')).toEqual({ answered: false, absent: false, detail: 'answered 199' });
    expect(read(299, '{"response":"x"}')).toMatchObject({ answered: true });
    expect(read(503, '{"response":"x"}')).toEqual({ answered: false, absent: false, detail: 'answered 503' });
  });
});

it('is asked in the shape that the endpoint takes', () => {
  expect(JSON.parse(agentOverHttp.body('what is left?'))).toEqual({
    type: 'user_message',
    message: 'what is left?',
    context: {},
  });
});
