import { describe, expect, it } from 'vitest';
import { firstText, firstWord, isObject, objectIn } from './json.ts';

describe('the first text among fields', () => {
  it.each([
    [{ a: 'x', b: 'y' }, 'x'],
    [{ a: '', b: 'y' }, 'y'],
    [{ a: ' \n', b: 'y' }, 'y'],
    [{ a: null, b: 0 }, '0'],
    [{ a: Number.NaN, b: -1.5 }, '-1.5'],
    [{ a: Number.POSITIVE_INFINITY }, null],
    [{ a: true, b: {} }, null],
    [{ c: 'z' }, null],
  ])('of %j is %j', (fields, text) => {
    expect(firstText(fields, ['a', 'b'])).toBe(text);
  });

  it('is never one that every object has', () => {
    expect(firstText({}, ['constructor', '__proto__', 'toString'])).toBeNull();
    expect(objectIn({}, '__proto__')).toBeNull();
  });
});

describe('the first word among fields', () => {
  it.each([
    [{ a: ' x ', b: 'y' }, ' x '],
    [{ a: '', b: 'y' }, 'y'],
    [{ a: '  ', b: 'y' }, 'y'],
    [{ a: 7, b: 'y' }, 'y'],
    [{ a: 7 }, null],
    [{}, null],
  ])('of %j is %j', (fields, word) => {
    expect(firstWord(fields, ['a', 'b'])).toBe(word);
  });
});

it.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ['{}', false],
  [undefined, false],
])('whether %j is an object: %s', (value, is) => {
  expect(isObject(value)).toBe(is);
});
