import { describe, expect, it } from 'vitest';
import { isExhaustion } from './exhaustion.ts';

describe('the want of a descriptor', () => {
  it.each([
    ['a code', Object.assign(new Error('open'), { code: 'EMFILE' })],
    ['a code of the whole machine', { code: 'ENFILE' }],
    ['a message', new Error('Worker initialization failure: EMFILE')],
    ['words', new Error('Cannot read package config /x/package.json: too many open files.')],
    ['a cause', new Error('lookup', { cause: { code: 'EMFILE' } })],
    ['a line of text', 'no file descriptor was left: EMFILE'],
  ])('is known by %s', (_how, error) => {
    expect(isExhaustion(error)).toBe(true);
  });

  it.each([[null], [undefined], [24], ['EMF'], [new Error('ECONNRESET')], [{ code: 24, message: 7 }]])(
    'is not seen in %j',
    (error) => {
      expect(isExhaustion(error)).toBe(false);
    },
  );

  it('is not looked for without end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(isExhaustion(error)).toBe(false);
  });
});
