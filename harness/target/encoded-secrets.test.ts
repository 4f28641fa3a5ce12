import { describe, expect, it } from 'vitest';
import { backwards, base64, bytes, hex, pairs, SPELLINGS } from '../../fixtures/spellings.ts';
import { Secret } from '../kernel/secret.ts';
import { redactor } from './redact.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const CLAIMS = { sub: 'agent-events-alice', iss: 'nobody-at-all', iat: 1_790_000_000, exp: 1_790_003_600 };
const TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(CLAIMS)}.q7Zp-4xT_mB2vKd9sWfL0aYcRgHn3JtUe5iOoPzXbQk`;
const RANDOM_KEY = 'Qw7ErT2zUi9OpLk4JhGf0DsAyX5cVbNm';
const WORDY_KEY = 'canary-4f1d9c77-simulation-key-that-nobody-may-see';

describe.each([
  ['a token', TOKEN],
  ['a random key', RANDOM_KEY],
  ['a key made of words', WORDY_KEY],
])('%s', (_what, secret) => {
  const { redact } = redactor([new Secret(secret)]);

  it.each(SPELLINGS)('leaves nothing in %s, whatever stands before it and wherever it is cut', (_how, spell) => {
    // What stands around the secret may stay, and of its own a character that shares its bits or its separator.
    const most = spell('user:').length + 6;
    for (const before of ['', 'u', 'us', 'use', 'user', 'user:']) {
      const [last, inner] = [spell(`${before}${secret}`), spell(`${before}${secret}"}`)];
      for (let cut = 0; cut <= 5; cut += 1) {
        const third = Math.floor(inner.length / 3) + cut;
        const all = [last.slice(0, last.length - cut), inner.slice(cut), inner.slice(third), inner.slice(0, -third)];
        for (const spelt of all) {
          const clean = redact(`no: ${spelt} !`);
          expect(longestPiece(clean, spelt), clean).toBeLessThanOrEqual(most);
          expect([clean.slice(0, 4), clean.slice(-2)]).toEqual(['no: ', ' !']);
        }
      }
    }
  });
});

/** How long the longest piece between masks is that comes from `spelt`. */
function longestPiece(clean: string, spelt: string): number {
  const pieces = clean.slice(4, -2).split(/\[secret\]|(?<![\d])0(?![\dx])/);
  return Math.max(...pieces.map((piece) => (spelt.includes(piece) ? piece.length : Number.POSITIVE_INFINITY)));
}

describe('an encoded secret', () => {
  const { redact } = redactor([new Secret(TOKEN), new Secret(RANDOM_KEY)]);

  it('is masked where it stands, and what surrounds it is left', () => {
    const frame = `{"error":"${base64(`Bearer ${TOKEN}`)}","b":1}`;
    expect(redact(frame)).toBe('{"error":"QmVhcmVyIG[secret]=","b":1}');
  });

  it.each([
    ['behind escapes', `{"a":"\\u00e9","data":${JSON.stringify({ type: 'Buffer', data: bytes(TOKEN) })}}`],
    ['behind escapes of escapes', `{"a":"\\\\u00e9","data":${JSON.stringify(bytes(TOKEN))}}`],
    ['in a list that goes on', `{"a":"\\"","data":[1,2,${bytes(`${RANDOM_KEY}!`).join(',')},300,4]}`],
    ['as strings', `{"data":${JSON.stringify(pairs(RANDOM_KEY))}}`],
    ['in the text of a text', JSON.stringify({ error: JSON.stringify({ data: bytes(RANDOM_KEY) }) })],
  ])('leaves JSON that can be read: %s', (_where, frame) => {
    const clean = redact(frame);
    expect(() => JSON.parse(clean)).not.toThrow();
    expect(clean).not.toContain(bytes(RANDOM_KEY).slice(8, 18).join(','));
    expect(clean.length).toBeLessThan(100);
  });

  it.each(SPELLINGS)('is found in %s within JSON, and in JSON within that', (_how, spell) => {
    const once = JSON.stringify({ error: spell(`user:${TOKEN}"}`).slice(0, -4) });
    for (const frame of [once, JSON.stringify({ error: once })]) {
      const clean = redact(frame);
      expect(clean.length).toBeLessThan(
        JSON.stringify({ error: JSON.stringify({ error: spell('user:":") ') }) }).length + 40,
      );
      expect(() => JSON.parse(clean)).not.toThrow();
    }
  });

  it('may be one that nobody told of, where it looks like a token', () => {
    const unknown = redactor([]);
    for (const before of ['', 'x', 'xy', 'Bearer '])
      expect(unknown.redact(base64(`${before}${TOKEN}`))).not.toContain(base64(`${before}${TOKEN}`).slice(-20));
  });
});

describe('a text without secrets', () => {
  const { redact } = redactor([TOKEN, RANDOM_KEY, WORDY_KEY, 'a-static-simulation-key'].map((key) => new Secret(key)));
  const prose =
    'the simulation key of a canary may be static, and none but its owners may see that key: see the agents of alice';

  it.each([
    ['prose', prose],
    ['prose backwards', backwards(prose)],
    ['prose in base64', base64(prose)],
    ['prose in base64 twice', base64(base64(prose))],
    ['prose in hex', hex(prose)],
    ['prose as byte values', JSON.stringify(bytes(prose))],
    ['hex colours', '#ff00aa, #00ff00; background:#c0ffee #deadbe 0xFF00AA 0x00ff00'],
    ['uuids', '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d 6F1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D'],
    ['git hashes', 'c8604de9f838952380d28b6b1f0e0a4c9c2d1e7f..845f093b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f'],
    ['a sha256', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['timestamps', '2026-01-05T10:11:12.123456Z 2026-01-05 10:11:12,123 1790000000 1790003600.123'],
    ['long numbers', '1790000000123456789012345678901234567890 3.14159265358979323846264338327950288'],
    [
      'lists of numbers',
      '[1,2,3,4,5,6,7,8,9,10,11,12] [104,105,32,104,101,108,108,111,32,119,111,114,108,100] 80, 443, 8080',
    ],
    ['addresses', '192.168.100.200:8080 fe80::1ff:fe23:4567:890a 00:1B:44:11:3A:B7'],
    [
      'a certificate',
      'SHA256 Fingerprint=3A:5F:11:C0:DE:AD:BE:EF:3A:5F:11:C0:DE:AD:BE:EF:3A:5F:11:C0:DE:AD:BE:EF:00:11:22:33:44:55:66:77',
    ],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'],
    [
      'an image',
      `data:image/png;base64,${Buffer.from(Array.from({ length: 300 }, (_, n) => (n * n * 7) % 256)).toString('base64')}`,
    ],
    ['JSON in base64', base64(JSON.stringify([{ type: 'agent_thinking', run_id: 'run-1', data: { text: prose } }]))],
    ['zero-width characters', [...prose].join('\u200b')],
    ['flags and families', '👩‍👩‍👧‍👦 \u{1f1e9}\u{1f1ea} ☎️ naïve Straße'],
  ])('is left as it is: %s', (_what, text) => {
    expect(redact(text)).toBe(text);
  });
});
