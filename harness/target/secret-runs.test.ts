import { describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { masked } from './masked.ts';
import { redactor } from './redact.ts';
import { SecretRuns } from './secret-runs.ts';

const SIGNATURE = 'q7Zp-4xT_mB2vKd9sWfL0aYcRgHn3JtU';
const CLAIMS = Buffer.from('{"sub":"alice","exp":9,"iss":"nobody-at-all"}').toString('base64url');
const TOKEN = `eyJhbGciOiJIUzI1NiJ9.${CLAIMS}.${SIGNATURE}`;

describe('a part of a token', () => {
  const { redact } = redactor([new Secret(TOKEN)]);

  it.each([
    [SIGNATURE.slice(0, 10), '[secret]', 'its beginning'],
    [SIGNATURE.slice(-10), '[secret]', 'its end'],
    [SIGNATURE.slice(0, 9), SIGNATURE.slice(0, 9), 'fewer than ten characters'],
    [SIGNATURE.slice(4, 28), '[secret]', 'its middle'],
    [`invalid signature ${SIGNATURE.slice(0, 12)}…`, 'invalid signature [secret]…', 'cut in a sentence'],
    [`sig_${SIGNATURE}`, 'sig_[secret]', 'glued to its name'],
    [`sig-${SIGNATURE}-end`, 'sig-[secret]-end', 'glued on both sides'],
    [`X${SIGNATURE.toUpperCase()}Y`, 'X[secret]Y', 'in capitals'],
    [SIGNATURE.toLowerCase(), '[secret]', 'in small letters'],
    [`${SIGNATURE}${SIGNATURE}`, '[secret]', 'twice'],
    [`${SIGNATURE.slice(0, 15)}-${SIGNATURE.slice(15)}`, '[secret]-[secret]', 'with a dash put in'],
    [SIGNATURE.match(/.{1,6}/g)?.join(' ') ?? '', '[secret]', 'in groups'],
    [SIGNATURE.match(/.{1,6}/g)?.join('\n') ?? '', '[secret]', 'in lines'],
    [SIGNATURE.replaceAll('-', '+').replaceAll('_', '/'), '[secret]', 'in the other base64'],
    [SIGNATURE.replaceAll('_', '\\u005f'), '[secret]', 'behind escapes'],
    [CLAIMS.slice(5, 55), '[secret]', 'of its claims'],
    [Buffer.from(TOKEN).toString('base64url').slice(40, 60), '[secret]', 'of the subprotocol that carries it'],
  ])('leaves %s as %s: %s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('is no part where one character differs in every ten', () => {
    const text = SIGNATURE.replace(/(.{9})./g, '$1.');
    expect(redact(text)).toBe(text);
  });
});

describe('a part of a key', () => {
  const hexKey = '4f0c9a1e7b3d58c26a90e4f1d7b8035c';
  const mixedKey = 'QwErTzUiOpLkJhGfDsAyXcVbNmqWeRtZ';
  const wordyKey = 'the-e2e-authentication-secret-of-development';
  const { redact } = redactor([hexKey, mixedKey, wordyKey].map((key) => new Secret(key)));

  it.each([
    [`key ${hexKey.slice(0, 20)}`, 'key [secret]'],
    [`key ${hexKey.slice(-16)}`, 'key [secret]'],
    [`key ${mixedKey.slice(8, 20)}`, 'key [secret]'],
    [`key ${wordyKey.slice(0, 30)}`, 'key [secret]'],
    [wordyKey.slice(5, 25), '[secret]'],
    [wordyKey.slice(5, 24), wordyKey.slice(5, 24)],
    ['the authentication-service of e2e-authentication', 'the authentication-service of e2e-authentication'],
    ['development secrets, bearer authentication', 'development secrets, bearer authentication'],
  ])('leaves %j as %j', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('leaves no line of a private key, cut or not, and the words around it', () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${mixedKey}\n${hexKey}\n-----END PRIVATE KEY-----`;
    const { redact: clean } = redactor([new Secret(pem)]);
    expect(clean(`BEGIN PRIVATE KEY ${mixedKey.slice(3, 20)}`)).toBe('BEGIN PRIVATE KEY [secret]');
  });

  it('leaves the words of a key that is written as JSON', () => {
    const text = '{"alg":"ES256","kid":"key-2026-01","kty":"EC","crv":"P-256"}';
    const { redact: clean } = redactor([new Secret(text.replace('}', ',"d":"4f0c9a1e7b3d58c26a90"}'))]);
    expect(clean(text)).toBe(text);
  });
});

describe('runs of secrets', () => {
  it('are found in order, once each, where they overlap as one', () => {
    const runs = new SecretRuns(4);
    expect(runs.in('abcd')).toEqual([]);
    runs.add('abcdef');
    runs.add('abc');
    expect(runs.in('xabcdexabcfbcdef')).toEqual([
      [1, 6],
      [11, 16],
    ]);
    expect(runs.in('abc')).toEqual([]);
    expect(masked('abc.d', runs.in('abc.d'), '*')).toBe('abc.d');
    expect(masked('ABCD.a b c d', runs.in('ABCD.a b c d'), '*')).toBe('*.*');
  });

  it('are all found among a hundred thousand, and nothing else', () => {
    const runs = new SecretRuns(10);
    const name = (n: number): string => `k${(n * 7919).toString(36)}-${n.toString(36)}`.padEnd(10, '_').slice(0, 10);
    for (let n = 0; n < 100_000; n += 1) runs.add(name(n));
    const missing = Array.from({ length: 100_000 }, (_, n) => name(n)).filter(
      (run) => masked(run, runs.in(run), '') !== '',
    );
    expect(missing).toEqual([]);
    for (let n = 0; n < 1000; n += 1) expect(runs.in(`z${name(n).slice(1)}`)).toEqual([]);
  });
});
