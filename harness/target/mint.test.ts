import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { authSettings, NOBODY, nowS, part, printed, unsignedToken, walletFor } from '../../fixtures/token-service.ts';
import { Secret } from '../kernel/secret.ts';
import type { CredentialResult, Wallet } from './credentials.ts';
import { persona } from './personas.ts';
import type { Signing } from './settings.ts';

const alice = persona('alice', 'r1');
const bob = persona('bob', 'r1');

describe('a minted token', () => {
  const mint = (signing: Partial<Signing> & Pick<Signing, 'algorithm' | 'key'>): Wallet =>
    walletFor(
      authSettings(
        {
          mode: 'mint',
          signing: {
            issuer: 'netra-auth-service',
            audience: 'netra-platform',
            lifetimeS: 300,
            keyId: null,
            ...signing,
          },
        },
        NOBODY,
      ),
    );
  const minted = async (purse: Wallet): Promise<string> => {
    const result = await purse.obtain(alice);
    return result.ok ? (result.credential?.token.reveal() ?? '') : '';
  };

  it('carries every claim that known verifiers ask for', async () => {
    const secret = 'canary-secret-of-more-than-32-characters';
    const purse = mint({ algorithm: 'HS256', key: new Secret(secret) });
    const verified = await jwtVerify(await minted(purse), Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'netra-auth-service',
      audience: 'netra-platform',
    });
    const { payload } = verified;
    expect(payload).toMatchObject({
      sub: 'agent-events-alice-r1',
      user_id: payload.sub,
      email: alice.email,
      permissions: ['read', 'write'],
      type: 'access',
      token_type: 'access',
      env: 'staging',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(verified.protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(printed(await purse.obtain(bob))).not.toContain('canary');
    expect(purse.distinctUsers).toBe(true);
  });

  const keys: readonly [Signing['algorithm'], { privateKey: KeyObject; publicKey: KeyObject }][] = [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ];

  it.each(keys)('is signed with a private key as PEM and as JWK: %s', async (algorithm, { privateKey, publicKey }) => {
    const written = [
      String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
    ];
    for (const text of written) {
      const made = await minted(mint({ algorithm, key: new Secret(text), keyId: 'k-1' }));
      const { protectedHeader } = await jwtVerify(made, publicKey, { algorithms: [algorithm] });
      expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k-1' });
    }
  });

  it('is not made by a key that cannot sign, and the key is not told', async () => {
    const result = await mint({ algorithm: 'RS256', key: new Secret('canary') }).obtain(alice);
    expect(result).toMatchObject({ ok: false, answer: null, detail: 'no RS256 signature from this key' });
    expect(printed(result)).not.toContain('canary');
  });
});

describe('a given token', () => {
  const given = async (text: string): Promise<CredentialResult> =>
    await walletFor(authSettings({ mode: 'token', token: new Secret(text) }, NOBODY)).obtain(alice);

  it('is used as it is, expired or not', async () => {
    expect(await given(unsignedToken({ sub: 'u-9', exp: nowS() + 60 }))).toMatchObject({
      ok: true,
      credential: { subject: 'u-9', source: 'token' },
      facts: { expired: false },
    });
    expect(await given(unsignedToken({ sub: 'u-9', exp: nowS() - 60 }))).toMatchObject({
      ok: true,
      facts: { expired: true },
      detail: expect.stringContaining('expired 6'),
    });
    expect(await given(unsignedToken({ sub: 'u-9' }))).toMatchObject({
      ok: true,
      credential: { expiresAtMs: null },
      detail: 'a token for u-9 that never expires',
    });
  });

  it.each([
    'canary',
    'a.b',
    'a.b.c',
    `${part({ alg: 'x' })}.${part([])}.c`,
    `${part({})}.${part({ sub: 'u' })}.c`,
    unsignedToken({ sub: '' }),
  ])('is none when it cannot be read', async (text) => {
    const result = await given(text);
    expect(result).toMatchObject({ ok: false, facts: { tokenUnreadable: true } });
    expect(printed(result)).not.toContain('canary');
  });
});
