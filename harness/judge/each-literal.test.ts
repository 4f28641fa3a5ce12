import { describe, expect, it } from 'vitest';
import { eachLiteral } from './each-literal.ts';

const taken = (text: string) => {
  const found: (readonly [literal: string, namesUser: boolean, spelling: string])[] = [];
  eachLiteral(text, (...one) => found.push(one));
  return found;
};
const literals = (text: string) => taken(text).map(([literal]) => literal);
/** A text in a list, written as JSON so many times. */
const wrapped = (text: string, times: number): string =>
  times === 0 ? text : JSON.stringify([wrapped(text, times - 1)]);

describe('the strings of a frame', () => {
  it('are told as they stand in it', () => {
    expect(taken('{"a":"b\\u0063","d":"[\\"e\\"]"}')).toEqual([
      ['a', false, 'plain'],
      ['bc', false, 'encoded'],
      ['d', false, 'plain'],
      ['["e"]', false, 'encoded'],
      ['e', false, 'within'],
    ]);
  });

  it('are the whole of a text that is no body, and what it quotes', () => {
    expect(taken('hello')).toEqual([['hello', false, 'plain']]);
    expect(literals('say "hello"')).toEqual(['say "hello"', 'hello']);
    expect(literals(' \n["hello"]')).toEqual(['hello']);
  });

  it('mean what their escapes mean to a reader of JSON, each by itself', () => {
    expect(literals('["a","b\\n","c\\t"]')).toEqual(['a', 'b\n', 'c\t']);
    expect(literals('["a\\\\","b\\\\\\"c","d"]')).toEqual(['a\\', 'b\\"c', 'd']);
  });

  it('are read as far as it goes from the first on that no reader of JSON takes', () => {
    expect(literals('["a\\n","\\qb\\n","c\\t","\\u0064"]')).toEqual(['a\n', 'qb ', 'c ', 'd']);
  });

  it('end with the text where no quote ends them', () => {
    expect(literals('["a","b')).toEqual(['a', 'b']);
    expect(literals('["a","b\\"c')).toEqual(['a', 'b"c']);
  });
});

describe('a string that is itself a body', () => {
  it.each([
    ['whole', '["a"]', true],
    ['whole, with blanks about it', ' ["a"] \n', true],
    ['begun and not ended', '["a" and so on', false],
    ['ended and not begun', 'as ["a"]', false],
    ['ended with more blanks than anybody writes', `["a"]${' '.repeat(64)}`, false],
  ])('is gone through where it is one: %s', (_how, body, isRead) => {
    expect(literals(JSON.stringify([body]))).toEqual(isRead ? [body, 'a'] : [body]);
  });

  it('is gone through as deep as anybody wraps it', () => {
    expect(literals(wrapped('a', 4)).at(-1)).toBe('a');
    expect(literals(wrapped('a', 5))).toHaveLength(4);
  });
});

describe('a user is named', () => {
  const named = (text: string) => taken(text).flatMap(([literal, namesUser]) => (namesUser ? [literal] : []));

  it.each([
    ['by the field of one', '{"user_id" : "u7"}', ['u7']],
    ['by the field of a list', '{"users" : [ "u7", "u8" ], "x": ["y"]}', ['u7', 'u8']],
    ['by neither in what is called like it', '["user_id", "u7", "users", ["u8"]]', []],
    ['by no list that is another field’s', '["users", : ["u7"]]', []],
  ])('%s', (_how, text, ids) => {
    expect(named(text)).toEqual(ids);
  });
});
