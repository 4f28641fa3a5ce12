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
    const before = process.threadCpuUsage();
    expect(redact(frame)).toBe(frame);
    expect(msSince(before)).toBeLessThan(2000);
  });

  it('masks fields and queries in every spelling, and nothing that is no value', () => {
    const { redact } = redactor([]);
    expect(redact('{\\"password\\" : \\"p w\\", "client_secret":\n"s"}')).toBe(
      '{\\"password\\" : \\"[secret]\\", "client_secret":\n"[secret]"}',
    );
    expect(redact('"password" "x", "password": 7, "password":"", ?token=&key=k1;ticket=t2')).toBe(
      '"password" "x", "password": 7, "password":"", ?token=&key=[secret];ticket=[secret]',
    );
    expect(redact('BEARER%20opaque-credential-77 bearer  bearer abcdefgh1')).toBe(
      'BEARER%20[secret] bearer  bearer [secret]',
    );
    expect(redact('eyJshort eyJ ZXlKeyJ12345678 eyJabcdefgh.b..c.d.e')).toBe('eyJshort eyJ ZXlK[secret] [secret].e');
  });

  const MIB = 2 ** 20;
  const key = new Secret('a-static-simulation-key');
  const secrets = [key, new Secret('short1'), new Secret(TOKEN)];
  it.each([
    ['', 'z', 'one run of letters'],
    ['', 'e', 'the letter that tokens begin with'],
    ['eyJ', 'z', 'a token that does not end'],
    ['', 'eyJ', 'beginnings of tokens'],
    ['', 'eyJabcdefgh.', 'tokens'],
    ['ZXlK', 'Z/', 'a token in base64 that does not end'],
    ['', 'ZXlK/', 'beginnings of tokens in base64'],
    ['bearer ', 'a1', 'a header that does not end'],
    ['bearer', ' ', 'a header with spaces'],
    ['', 'bearer ', 'headers'],
    ['?token=', 'x', 'a query that does not end'],
    ['', '?token=x', 'queries'],
    ['', '=', 'equals signs'],
    ['"password":"', 'x', 'a field that does not end'],
    ['"password"', ' ', 'a field with spaces'],
    ['', '"password" ', 'fields'],
    ['', '"', 'quotes'],
    ['', 'a-static-simulation-ke', 'almost the key'],
    ['', 'é', 'letters beyond ASCII'],
    ['', ' ', 'blanks'],
    ['', `${TOKEN.slice(-20)}`, 'the end of a token'],
    ['', `${TOKEN.slice(-20)}.`, 'ends of a token'],
    ['', `${TOKEN.slice(-20)}\\u002e`, 'ends of a token behind escapes'],
    ['', 'bG9yZW0gaXBzdW0g', 'prose in base64'],
    ['', 'bG9yZW0gaXBzdW0g/', 'pieces of prose in base64'],
    ['', 'V', 'base64 that can be read from every place'],
    ['', '65', 'hex that can be read from every place'],
    ['', '6c6f72656d20697073756d20ff', 'pieces of prose in hex'],
    ['', '6c:6f:72:65:6d ', 'prose in hex with separators'],
    ['', '108,111,114,101,109,32,', 'a list of bytes that does not end'],
    ['[', '108,111,114,101,109,32,111,114,101,109],[', 'lists of bytes'],
    ['', '\u200b', 'zero-width characters'],
    ['', '\\', 'backslashes'],
    ['', 'lorem\\n', 'line ends behind escapes'],
    ['', `${Buffer.from(`x${TOKEN}`).toString('base64').slice(-24)}.`, 'ends of a token in base64'],
    ['', `${Buffer.from(TOKEN.slice(-12)).toString('hex')}.`, 'ends of a token in hex'],
    ['', `${[...Buffer.from(TOKEN.slice(-12))].join()}.`, 'ends of a token as lists'],
  ])('is total and linear on %j and 8 MiB of %j: %s', (head, piece) => {
    const { redact } = redactor(secrets);
    const told = (mib: number): string =>
      `${head}${piece.repeat(Math.ceil((mib * MIB) / piece.length))};" ${key.reveal()} ${TOKEN}`;
    const [short, long] = [told(2), told(8)];
    const timed = (text: string): number => {
      const before = process.threadCpuUsage();
      expect(redact(text).endsWith('" [secret] [secret]')).toBe(true);
      return msSince(before);
    };
    timed(short);
    const shortMs = timed(short);
    // Four times the text: a quadratic search would take sixteen times as long.
    expect(timed(long)).toBeLessThan(8 * shortMs + 200);
  });
});

/** What this thread has worked since: other work of the machine does not count. */
function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
