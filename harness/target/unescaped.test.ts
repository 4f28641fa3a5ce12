import { describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { redactor } from './redact.ts';
import { unescaped } from './unescaped.ts';

const KEY = 'Simulation/key<with>&odd"päss+0123456789';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.c2lnbmF0dXJlLW9mLW5vYm9keS1hdC1hbGw';

const unicode = (text: string): string =>
  [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const html = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

describe('a secret spelt with escapes', () => {
  const { redact } = redactor([new Secret(KEY), new Secret(TOKEN)]);

  it.each([
    ['every character as \\u', unicode(KEY)],
    ['a JWT as \\u', unicode(TOKEN)],
    ['non-ASCII as \\u (Python)', JSON.stringify(KEY).slice(1, -1).replace('ä', '\\u00e4')],
    [
      '<, > and & as \\u (Go)',
      JSON.stringify(KEY)
        .slice(1, -1)
        .replace(/[<>&]/g, (it) => unicode(it)),
    ],
    ['/ as \\/ (PHP)', JSON.stringify(KEY).slice(1, -1).replace('/', '\\/')],
    [
      'every character as \\x',
      [...Buffer.from('Simulation-key-0123456789')].map((it) => `\\x${it.toString(16)}`).join(''),
    ],
    ['every character as \\u{}', [...KEY].map((it) => `\\u{${it.charCodeAt(0).toString(16)}}`).join('')],
    ['a JWT in hex', Buffer.from(TOKEN).toString('hex')],
    ['a JWT in upper case', TOKEN.toUpperCase()],
    ['HTML entities', html(KEY)],
    ['all of it percent-encoded', percent('Simulation-key-0123456789')],
    ['upper case', KEY.toUpperCase()],
    ['hex', Buffer.from(KEY).toString('hex')],
    ['base64 behind one byte', Buffer.from(`u${KEY}`).toString('base64')],
    ['base64 behind two bytes', Buffer.from(`u:${KEY}`).toString('base64')],
  ])('is masked: %s', (_how, spelt) => {
    const own = redactor([new Secret(KEY), new Secret(TOKEN), new Secret('Simulation-key-0123456789')]);
    const clean = own.redact(`{"message":"no ${spelt} here"}`);
    expect(clean).not.toContain(spelt.slice(8, -8));
    expect(clean).toContain('[secret]');
    expect(clean.startsWith('{"message":"no ')).toBe(true);
  });

  it('leaves JSON readable', () => {
    const frame = `{"a":"x\\ny \\u00e9","b":"${unicode(KEY)}","c":"50 % &amp; more"}`;
    expect(JSON.parse(redact(frame))).toEqual({ a: 'x\ny é', b: '[secret]', c: '50 % &amp; more' });
  });

  it('leaves a text without secrets as it is, escapes and all', () => {
    const frame = '{"a":"\\u00e9 \\/ \\" %41 &lt; \\\\"}';
    expect(redact(frame)).toBe(frame);
  });
});

describe('a key file', () => {
  const lines = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'BKcwggSjAgEAAoIBAQDZnotaRealKey0'];

  it.each([
    ['with literal line ends', `-----BEGIN PRIVATE KEY-----\\n${lines.join('\\n')}\\n-----END PRIVATE KEY-----`],
    ['on one line', `-----BEGIN PRIVATE KEY----- ${lines.join(' ')} -----END PRIVATE KEY-----`],
  ])('%s is masked line by line', (_how, pem) => {
    const { redact } = redactor([new Secret(pem)]);
    expect(redact(`echo ${lines[1]} end`)).toBe('echo [secret] end');
  });
});

describe('a text without escapes', () => {
  it('is read as it is', () => {
    expect(unescaped('plain words only')).toBeNull();
  });
});
