import { describe, expect, it } from 'vitest';
import { answer } from '../../../fixtures/timeline-builder.ts';
import { ownWords } from './own-words.ts';

describe('what a refusal says in its own words', () => {
  it.each(['message', 'detail', 'reason', 'error_description', 'error', 'title'])(
    'is the field %s of its JSON, cut off or not',
    (field) => {
      expect(ownWords(answer(403, `{"code":1,"${field}" : "no \\"way\\" \\u0041"}`))).toBe(`, saying "no 'way' A"`);
      expect(ownWords(answer(403, `{"code":1,"${field}":"no w`))).toBe(', saying "no w"');
    },
  );

  it.each([
    ['message', 'detail'],
    ['detail', 'reason'],
    ['reason', 'error_description'],
    ['error_description', 'error'],
    ['error', 'title'],
  ])('is %s before %s', (first, second) => {
    expect(ownWords(answer(403, JSON.stringify({ [second]: 'b', [first]: 'a' })))).toBe(', saying "a"');
  });

  it.each([
    'Internal Server Error',
    'not found.',
    'Forbidden',
    'Unauthorized',
    'Bad Request',
    'Service Unavailable',
    '',
    '<html>no</html>',
    '{"code":1}',
    '\n\t',
  ])('is nothing in %j', (body) => {
    expect(ownWords(answer(503, body))).toBe('');
  });

  it('is cut at 120 characters', () => {
    expect(ownWords(answer(403, 'x'.repeat(120)))).toBe(`, saying "${'x'.repeat(120)}"`);
    expect(ownWords(answer(403, 'x'.repeat(121)))).toBe(`, saying "${'x'.repeat(119)}…"`);
  });

  it('is more than the phrase where there is more', () => {
    expect(ownWords(answer(403, 'forbidden by rule 7'))).toBe(', saying "forbidden by rule 7"');
  });
});
