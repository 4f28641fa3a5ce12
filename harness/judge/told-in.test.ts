import { describe, expect, it } from 'vitest';
import { SoughtIds } from './sought-ids.ts';
import { toldIn } from './told-in.ts';

const CAROL = 'e2e-carol-4711';
const sought = new SoughtIds([CAROL]);
const idsWithin = (text: string) => toldIn(text, sought).ids;
/** JSON that spells every letter, digit and sign of its strings as `\uXXXX`. */
const spelt = (message: unknown): string =>
  JSON.stringify(message).replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, inside: string) => {
    const letters = [...String(JSON.parse(`"${inside}"`))];
    return `"${letters.map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
  });

describe('whole strings', () => {
  it.each([
    ['a scalar field', { user_id: 'u7' }, ['u7']],
    ['a nested field', { data: { result: { userId: 'u7' } } }, ['u7']],
    ['a list of users', { data: { users: ['u7', 'u8'] } }, ['u7', 'u8']],
    ['a list with a bracket in a name', { data: { users: ['a]b', 'u8'] } }, ['a]b', 'u8']],
    ['a list that is empty, before something else', { users: [], seen: ['u9'] }, []],
    ['a list of something else, where it is odd enough', { seen: [CAROL, 'carol'] }, [CAROL]],
    ['the name of a field', { shares: { [CAROL]: 3 } }, [CAROL]],
    ['a value that is called like a field', { field: 'user_id', next: 'u7' }, []],
    ['a field with nobody in it', { user_id: '' }, []],
    ['strings shorter than any id and as long', { a: 'abcdefghij1', b: 'abcdefghijk1' }, ['abcdefghijk1']],
    ['a string as long as the longest id', [`1${'a'.repeat(255)}`], [`1${'a'.repeat(255)}`]],
    ['a string longer than any id', [`1${'a'.repeat(256)}`], []],
    ['an empty frame', {}, []],
  ])('%s names whom it names, however it is spelt', (_where, message, ids) => {
    expect(idsWithin(JSON.stringify(message))).toEqual(ids);
    expect(idsWithin(JSON.stringify(message, null, '\t\n'))).toEqual(ids);
    expect(idsWithin(spelt(message))).toEqual(ids);
    const wrapped = [{ body: JSON.stringify(message) }, [JSON.stringify({ body: spelt(message) })]];
    for (const body of wrapped) expect(idsWithin(JSON.stringify(body)).filter((id) => !id.includes('{'))).toEqual(ids);
  });

  it('of a field that a frame has twice both count', () => {
    expect(idsWithin('{"user_id":"u7","user_id":"u8"}')).toEqual(['u7', 'u8']);
    expect(idsWithin('{"user_id":"u7","user_id":"\\u0075\\u0038"}')).toEqual(['u7', 'u8']);
  });

  it('in what is no JSON count as far as it can be read', () => {
    expect(idsWithin('{"user_id":"u7","x":"\\q\\u0075')).toEqual(['u7']);
    expect(idsWithin('{"user_id":"\\q\\u00757"}')).toEqual(['qu7']);
    expect(idsWithin('{"users":["u7')).toEqual(['u7']);
  });

  it('are no example in the middle of a text', () => {
    expect(idsWithin(JSON.stringify({ text: 'send {"user_id":"demo"} to it' }))).toEqual([]);
  });
});

describe('ids that are sought', () => {
  const quotedIn = (text: string) => toldIn(text, sought).quoted;

  it.each([
    `working for ${CAROL} now`,
    `user_id=${CAROL}`,
    `(${CAROL}), "${CAROL}"`,
    `\n${CAROL}\t`,
    `mail ${CAROL}@example.com`,
    `_${CAROL}_`,
    `C:\\temp\\${CAROL}`,
    JSON.stringify({ deep: JSON.stringify({ user: `of ${CAROL}` }) }),
    CAROL,
  ])('are found in any string: %j', (text) => {
    expect(quotedIn(JSON.stringify({ data: { reasoning: text } }))).toEqual([CAROL]);
    expect(quotedIn(spelt([text]))).toEqual([CAROL]);
    expect(quotedIn(`plain ${text}`)).toEqual([CAROL]);
  });

  it.each([`${CAROL}9`, `x${CAROL}`, `x-${CAROL}`, `${CAROL}-b`, 'e2e-carol-471', CAROL.toUpperCase()])(
    'are no part of another word: %s',
    (text) => {
      expect(quotedIn(JSON.stringify({ data: text }))).toEqual([]);
    },
  );

  it('and markers are read wherever a string has them', () => {
    const marked = { a: 'as for [ref m-1]', b: '[ref m-2]' };
    for (const text of [JSON.stringify(marked), spelt(marked), JSON.stringify([spelt(marked)])])
      expect(toldIn(text, sought).markers).toEqual(['m-1', 'm-2']);
  });
});

describe('a frame of megabytes', () => {
  const TIMES = 500_000;

  it.each([
    ['short strings', `["w1",${'"w1",'.repeat(TIMES)}"w2"]`],
    ['strings that differ', JSON.stringify(Array.from({ length: TIMES }, (_, at) => `w${at}`))],
    ['short strings with escapes', `["w1",${'"\\n",'.repeat(TIMES)}"w2"]`],
    ['short strings that nobody can read', `["w1",${'"\\q",'.repeat(TIMES)}"w2"]`],
    ['quotes', `["${'\\"'.repeat(TIMES)}"]`],
    ['backslashes', `["${'\\\\'.repeat(TIMES)}"]`],
    ['a backslash before every end', `["${'a\\\\","'.repeat(TIMES)}"]`],
    ['quotes that nothing ends', `"${'\\"'.repeat(TIMES)}`],
    ['brackets', `[${'"users":['.repeat(TIMES)}`],
    ['JSON in JSON in JSON', JSON.stringify([JSON.stringify([JSON.stringify(Array(TIMES / 5).fill('a1'))])])],
    ['one word', `"${'a1'.repeat(TIMES)}"`],
    ['digits and signs', `"${'1-_+'.repeat(TIMES)}"`],
    ['blanks', ' '.repeat(TIMES)],
  ])('is read once, be it of %s', (_what, text) => {
    expect(toldIn(`${text}`, sought).quoted).toEqual([]);
  });
});
