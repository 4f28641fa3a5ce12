import { describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { redactor } from './redact.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'HS256' })}.${part({ sub: 'u-1', exp: 9 })}.c2lnbmF0dXJlLW9mLW5vYm9keS1hdC1hbGw`;
const KEY = 'canary key/with "odd" + signs';

describe('redaction', () => {
  it('leaves no form of a known value in a text', () => {
    const { redact } = redactor([new Secret(KEY)]);
    const bytes = Buffer.from(KEY);
    const all = [
      KEY,
      JSON.stringify(KEY),
      encodeURIComponent(KEY),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ];
    for (const form of all) expect(redact(`before ${form} after`)).not.toContain(form.replace(/^"|"$/g, ''));
    expect(redact(`before ${KEY} after`)).toBe('before [secret] after');
  });

  it('masks a token it has never seen, whole, cut, or in base64 once more', () => {
    const { redact } = redactor([]);
    expect(redact(`protocol jwt.${Buffer.from(TOKEN).toString('base64url')}, bearer`)).toBe(
      'protocol jwt.[secret], bearer',
    );
    expect(redact(`{"token":"${TOKEN}"}`)).toBe('{"token":"[secret]"}');
    expect(redact(`echo ${TOKEN.slice(0, 30)}…`)).toBe('echo [secret]…');
    expect(redact('wss://host/ws?mode=main&token=opaque12&x=1')).toBe('wss://host/ws?mode=main&token=[secret]&x=1');
    expect(redact('Authorization: Bearer opaque-credential-77')).toBe('Authorization: Bearer [secret]');
    expect(redact('{"refresh_token":"r-1","ok":true}')).toBe('{"refresh_token":"[secret]","ok":true}');
  });

  it('masks the parts of a token that came into being later', () => {
    const { redact, hide } = redactor([]);
    const signature = TOKEN.split('.')[2] ?? '';
    expect(redact(`sig ${signature}`)).toContain(signature);
    hide(new Secret(TOKEN));
    expect(redact(`sig ${signature}`)).toBe('sig [secret]');
    expect(redact(TOKEN)).toBe('[secret]');
  });

  it('masks every line of a private key', () => {
    const { redact } = redactor([
      new Secret(
        '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n',
      ),
    ]);
    expect(redact('line AQEFAASCBKcwggSjAgEAAoIB')).toBe('line [secret]');
  });

  it('leaves ordinary words alone', () => {
    const { redact } = redactor([]);
    const text = '{"type":"error_message","message":"bearer authentication required, keyboard=qwerty"}';
    expect(redact(text)).toBe(text);
  });

  it('stays linear with a thousand tokens and a long frame', () => {
    const { redact, hide } = redactor([new Secret('a-static-simulation-key')]);
    for (let n = 0; n < 1000; n += 1)
      hide(new Secret(`${part({ alg: 'HS256' })}.${part({ sub: `u-${n}` })}.${'s'.repeat(30)}${n}`));
    const frame = JSON.stringify({ type: 'agent_thinking', text: 'lorem ipsum dolor '.repeat(60_000) });
    const before = process.hrtime.bigint();
    expect(redact(frame)).toBe(frame);
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(2000);
  });
});
