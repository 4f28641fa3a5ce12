import type { KeyObject } from 'node:crypto';
import { Secret } from '../kernel/secret.ts';
import { privateKey } from './mint.ts';
import type { Signing } from './settings.ts';

/** A private key's algorithm and id, or why it cannot sign; the reason never quotes the key. */
export function signingKey(
  key: Secret,
): { readonly algorithm: Signing['algorithm']; readonly keyId: string | null } | { readonly refused: string } {
  let parsed: KeyObject;
  try {
    parsed = privateKey(key.reveal());
  } catch {
    return { refused: 'is neither a PKCS#8 PEM nor a JWK of a private key' };
  }
  const algorithm = algorithmOf(parsed);
  if (algorithm === null)
    return {
      refused: `is a ${parsed.asymmetricKeyType ?? 'secret'} key of a kind that cannot sign RS256, ES256 or EdDSA`,
    };
  const { alg, kid } = jwkOf(key);
  if (typeof alg === 'string' && alg !== algorithm && !(alg === 'Ed25519' && algorithm === 'EdDSA'))
    return { refused: `says alg ${alg} of itself, but is a key for ${algorithm}` };
  return { algorithm, keyId: typeof kid === 'string' && kid !== '' ? kid : null };
}

/** The secret members of a key that is written as JWK: each must be kept out of all text on its own. */
export function secretMembers(key: Secret): readonly Secret[] {
  const jwk = jwkOf(key);
  return ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].flatMap((name) => {
    const member = jwk[name];
    return typeof member === 'string' && member !== '' ? [new Secret(member)] : [];
  });
}

function algorithmOf(key: KeyObject): Exclude<Signing['algorithm'], 'HS256'> | null {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048 ? 'RS256' : null;
  if (key.asymmetricKeyType === 'ec') return namedCurve === 'prime256v1' ? 'ES256' : null;
  return key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : null;
}

function jwkOf(key: Secret): { readonly [member: string]: unknown } {
  try {
    const value: unknown = JSON.parse(key.reveal());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
