import { createPrivateKey, createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import type { Persona } from './personas.ts';
import type { Signing } from './settings.ts';

/** What a minted token says: the superset of the claims that known verifiers ask for, any of which may be overruled. */
export type Claims = { readonly [claim: string]: unknown };

/** The claims of a token for this persona, valid from `wallMs` for the signing's lifetime. Its user is its email's local part. */
export function claimsFor(who: Persona, signing: Signing, environment: string, wallMs: number): Claims {
  const issuedAt = Math.floor(wallMs / 1000);
  const user = who.email.split('@')[0] ?? who.name;
  return {
    sub: user,
    user_id: user,
    email: who.email,
    permissions: ['read', 'write'],
    iat: issuedAt,
    exp: issuedAt + signing.lifetimeS,
    iss: signing.issuer,
    aud: signing.audience,
    jti: randomUUID(),
    type: 'access',
    token_type: 'access',
    env: environment,
  };
}

/** A token signed here. Rejects when the key cannot sign with its algorithm; the message never quotes the key. */
export async function signed(claims: Claims, signing: Signing): Promise<string> {
  const { SignJWT } = await import('jose');
  const keyId = signing.keyId === null ? {} : { kid: signing.keyId };
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: signing.algorithm, typ: 'JWT', ...keyId })
    .sign(keyOf(signing));
}

/** A private key as PKCS#8 PEM (a literal `\n` counts as a line end, as one-line variables write it) or as JWK JSON; throws when it is neither. */
export function privateKey(text: string): KeyObject {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return createPrivateKey({ key: JSON.parse(trimmed), format: 'jwk' });
  return createPrivateKey({ key: trimmed.replaceAll('\\n', '\n'), format: 'pem' });
}

/** The key that a signing signs with; throws when it is none. */
export function keyOf({ algorithm, key }: Signing): KeyObject {
  return algorithm === 'HS256' ? createSecretKey(Buffer.from(key.reveal(), 'utf8')) : privateKey(key.reveal());
}
