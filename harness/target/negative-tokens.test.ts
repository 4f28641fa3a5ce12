import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { TOKEN_KINDS, type TokenKind } from '../timeline/token-kinds.ts';
import { type Credential, credentialOf } from './credential.ts';
import { claimsFor, keyOf, signed } from './mint.ts';
import { type NegativeToken, negativeTokens } from './negative-tokens.ts';
import { persona } from './personas.ts';
import type { Signing } from './settings.ts';
import { tokenParts } from './token-parts.ts';

const WALL_MS = Date.UTC(2026, 0, 2);
const COMMON = { issuer: 'i', audience: 'a', lifetimeS: 300, keyId: 'k1' } as const;
const pem = (key: KeyObject) => new Secret(String(key.export({ type: 'pkcs8', format: 'pem' })));

const SIGNINGS: readonly Signing[] = [
  { ...COMMON, algorithm: 'HS256', key: new Secret(randomBytes(32).toString('hex')) },
  { ...COMMON, algorithm: 'RS256', key: pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) },
  { ...COMMON, algorithm: 'ES256', key: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) },
  { ...COMMON, algorithm: 'EdDSA', key: pem(generateKeyPairSync('ed25519').privateKey) },
];

async function goodBy(signing: Signing, without: readonly string[] = []): Promise<Credential> {
  const claims = claimsFor(persona('alice', 'r1'), signing, 'local', WALL_MS);
  const kept = Object.fromEntries(Object.entries(claims).filter(([name]) => !without.includes(name)));
  const credential = credentialOf(await signed(kept, signing), 'mint', WALL_MS);
  if (typeof credential === 'string') throw new Error(credential);
  return credential;
}

function tokenOf(all: readonly NegativeToken[], kind: TokenKind): string {
  const found = all.find((token) => token.kind === kind);
  if (found?.asked !== true || found.credential === null) throw new Error(`${kind} was not made`);
  return found.credential.token.reveal();
}

function partsOf(token: string) {
  const parts = tokenParts(token);
  if (parts === null) throw new Error('no JWT');
  return parts;
}

const verifying = (signing: Signing) => {
  const key = keyOf(signing);
  return key.type === 'secret' ? key : createPublicKey(key);
};

describe.each(SIGNINGS.map((signing) => [signing.algorithm, signing] as const))('under %s', (algorithm, signing) => {
  const made = async () => {
    const good = await goodBy(signing);
    const all = await negativeTokens({ good, key: signing, wallMs: WALL_MS });
    return { good: good.token.reveal(), all };
  };

  it('every token that must be refused can be made, each another one', async () => {
    const { good, all } = await made();
    expect(all.map((token) => [token.kind, token.asked])).toEqual(TOKEN_KINDS.map((kind) => [kind, true]));
    const shown = all.map((token) => (token.asked ? (token.credential?.token.reveal() ?? null) : null));
    expect(new Set([good, ...shown]).size).toBe(TOKEN_KINDS.length + 1);
  });

  it.each([
    ['expired', 'exp'],
    ['not-yet-valid', 'nbf'],
    ['wrong-audience', 'aud'],
    ['wrong-issuer', 'iss'],
  ] as const)('%s is signed as the good one is, and differs from it in %s alone', async (kind, claim) => {
    const { good, all } = await made();
    const token = tokenOf(all, kind);
    await compactVerify(token, verifying(signing), { algorithms: [algorithm] });
    const [before, after] = [partsOf(good), partsOf(token)];
    expect(after.header).toEqual(before.header);
    expect({ ...after.claims, [claim]: before.claims[claim] }).toEqual({
      ...before.claims,
      [claim]: before.claims[claim],
    });
    expect(after.claims[claim]).not.toEqual(before.claims[claim]);
    const checks = { issuer: 'i', audience: 'a', currentDate: new Date(WALL_MS), clockTolerance: 300 };
    await expect(jwtVerify(token, verifying(signing), checks)).rejects.toMatchObject({ claim });
    await expect(jwtVerify(good, verifying(signing), checks)).resolves.toBeDefined();
  });

  it('wrong-key says the same as the good one, under a signature that does not verify', async () => {
    const { good, all } = await made();
    const [before, after] = [partsOf(good), partsOf(tokenOf(all, 'wrong-key'))];
    expect([after.header, after.claims]).toEqual([before.header, before.claims]);
    expect(after.signature).toHaveLength(before.signature.length);
    await expect(compactVerify(tokenOf(all, 'wrong-key'), verifying(signing))).rejects.toThrow('signature');
  });

  it('wrong-user names another user under the signature of the good one', async () => {
    const { good, all } = await made();
    const [before, after] = [partsOf(good), partsOf(tokenOf(all, 'wrong-user'))];
    expect([after.head, after.signature]).toEqual([before.head, before.signature]);
    const differing = Object.keys(after.claims).filter((name) => after.claims[name] !== before.claims[name]);
    expect(differing.filter((name) => name !== 'permissions')).toEqual(['sub', 'user_id', 'email']);
  });

  it('alg-none is not signed, truncated is half signed, no-signature has the rest of the good one', async () => {
    const { good, all } = await made();
    const none = tokenOf(all, 'alg-none');
    expect(decodeProtectedHeader(`${none}x`).alg).toBe('none');
    expect(none.endsWith('.')).toBe(true);
    const truncated = tokenOf(all, 'truncated');
    expect(good.startsWith(truncated)).toBe(true);
    expect(partsOf(truncated).signature.length).toBeGreaterThan(8);
    expect(tokenOf(all, 'no-signature')).toBe(good.slice(0, good.lastIndexOf('.') + 1));
  });

  it('alg-confusion takes in whoever believes the header', async () => {
    const { all } = await made();
    const token = tokenOf(all, 'alg-confusion');
    const key = verifying(signing);
    const { alg } = decodeProtectedHeader(token);
    expect(alg).toBe(algorithm === 'HS256' ? 'RS256' : 'HS256');
    const { createHmac } = await import('node:crypto');
    const known = key.type === 'secret' ? key : key.export({ type: 'spki', format: 'pem' });
    const [head, body, signature] = token.split('.');
    expect(createHmac('sha256', known).update(`${head}.${body}`).digest('base64url')).toBe(signature);
    await expect(compactVerify(token, key, { algorithms: [algorithm] })).rejects.toThrow();
  });
});

describe('what cannot be made so that its refusal proves anything', () => {
  const [secret, ...keys] = SIGNINGS;
  const reasons = async (of: Partial<Parameters<typeof negativeTokens>[0]>) => {
    const all = await negativeTokens({ good: null, key: null, wallMs: WALL_MS, ...of });
    return Object.fromEntries(all.flatMap((token) => (token.asked ? [] : [[token.kind, token.reason]])));
  };
  const signing = (): Signing => {
    if (secret === undefined) throw new Error('no signing');
    return secret;
  };
  const CLAIMS = ['alg-confusion', 'expired', 'not-yet-valid', 'wrong-audience', 'wrong-issuer'];

  it('is left out without the key', async () => {
    const found = await reasons({ good: await goodBy(signing()) });
    expect(Object.keys(found)).toEqual(CLAIMS);
    expect(found.expired).toMatch(/not held here.*set JWT_SECRET_KEY/);
  });

  it.each([
    ['another secret', async () => ({ ...signing(), key: new Secret('x'.repeat(40)) })],
    ['a key of another algorithm', async () => keys[0] ?? null],
    ['a key that is none', async () => ({ ...signing(), algorithm: 'RS256' as const })],
  ])('is left out with %s', async (_, other) => {
    const found = await reasons({ good: await goodBy(signing()), key: await other() });
    expect(Object.keys(found)).toEqual(CLAIMS);
    expect(found.expired).toContain('did not sign');
  });

  it('is an audience or an issuer that the good token does not name', async () => {
    const found = await reasons({ good: await goodBy(signing(), ['aud', 'iss']), key: signing() });
    expect(Object.keys(found)).toEqual(['wrong-audience', 'wrong-issuer']);
    expect(found['wrong-audience']).toContain('no aud claim');
  });

  it('is all but no token at all where there is no good one', async () => {
    const found = await reasons({ key: signing() });
    expect(Object.keys(found)).toEqual(TOKEN_KINDS.filter((kind) => kind !== 'no-token'));
  });

  it('is another key of an algorithm that nobody knows', async () => {
    const good = await goodBy(signing());
    const { body, signature } = partsOf(good.token.reveal());
    const head = Buffer.from(JSON.stringify({ alg: 'XX1' })).toString('base64url');
    const odd = { ...good, token: new Secret(`${head}.${body}.${signature}`) };
    expect((await reasons({ good: odd }))['wrong-key']).toBe("no key of another's can be made for algorithm XX1");
  });
});
