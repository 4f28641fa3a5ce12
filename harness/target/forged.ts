import { createHmac, createPublicKey, randomBytes } from 'node:crypto';
import type { TokenKind } from '../timeline/token-kinds.ts';
import type { Forge } from './forge.ts';
import { tokenPart } from './token-parts.ts';

type Forged = { readonly token: string } | { readonly reason: string };
type Claims = { readonly [claim: string]: unknown };

/** Beyond every leeway that a verifier may have. */
const HOUR_S = 3600;
const NOBODY = 'agent-events-nobody';
/** What a token names its user by. */
const USER_CLAIMS = ['sub', 'user_id', 'email'] as const;

/** The good token with one thing wrong, or why it cannot be made so that its refusal proves anything. */
export async function forged(kind: Exclude<TokenKind, 'no-token'>, forge: Forge): Promise<Forged> {
  const { parts, nowS } = forge;
  const { head, body, signature, header, claims } = parts;
  switch (kind) {
    case 'empty-token':
      return { token: '' };
    case 'garbage':
      return { token: randomBytes(48).toString('base64url') };
    case 'truncated':
      // In whole groups, so that what is left is still base64url.
      return { token: `${head}.${body}.${signature.slice(0, Math.floor(signature.length / 8) * 4)}` };
    case 'no-signature':
      return { token: `${head}.${body}.` };
    case 'wrong-user':
      return { token: `${head}.${tokenPart(ofSomebodyElse(claims))}.${signature}` };
    case 'wrong-key':
      return await signedByAnother(forge);
    case 'alg-none':
      return { token: `${tokenPart({ ...header, alg: 'none' })}.${body}.` };
    case 'alg-confusion':
      return confused(forge);
    case 'expired':
      return await withClaim(forge, { exp: nowS - HOUR_S });
    case 'not-yet-valid':
      return await withClaim(forge, { nbf: nowS + HOUR_S });
    case 'wrong-audience':
      return claims.aud === undefined ? without('aud') : await withClaim(forge, { aud: NOBODY });
    case 'wrong-issuer':
      return claims.iss === undefined ? without('iss') : await withClaim(forge, { iss: NOBODY });
    default:
      return kind satisfies never;
  }
}

function ofSomebodyElse(claims: Claims): Claims {
  const others = USER_CLAIMS.filter((name) => claims[name] !== undefined).map((name) => [
    name,
    name === 'email' ? `${NOBODY}@example.com` : NOBODY,
  ]);
  return { ...claims, ...Object.fromEntries(others) };
}

/** Signed as the good one is, with this one claim changed or added. */
async function withClaim({ parts, key }: Forge, change: Claims): Promise<Forged> {
  if ('reason' in key) return key;
  return { token: await signedWith(parts.header, { ...parts.claims, ...change }, key.held) };
}

async function signedByAnother({ parts, algorithm }: Forge): Promise<Forged> {
  const { generateKeyPair, generateSecret } = await import('jose');
  try {
    const key = algorithm.startsWith('HS')
      ? await generateSecret(algorithm)
      : (await generateKeyPair(algorithm)).privateKey;
    return { token: await signedWith(parts.header, parts.claims, key) };
  } catch {
    return { reason: `no key of another's can be made for algorithm ${algorithm}` };
  }
}

/**
 * What takes in a verifier that believes the header: under a public key, an HMAC keyed with that very key; under a
 * secret, its own HMAC said to be of RS256.
 */
function confused({ parts, key }: Forge): Forged {
  if ('reason' in key) return key;
  const { held } = key;
  const isSecret = held.type === 'secret';
  const head = tokenPart({ ...parts.header, alg: isSecret ? 'RS256' : 'HS256' });
  const hmacKey = isSecret ? held : createPublicKey(held).export({ type: 'spki', format: 'pem' });
  const signature = createHmac('sha256', hmacKey).update(`${head}.${parts.body}`).digest('base64url');
  return { token: `${head}.${parts.body}.${signature}` };
}

type SigningKey = Parameters<InstanceType<typeof import('jose').CompactSign>['sign']>[0];

async function signedWith(header: Claims, claims: Claims, key: SigningKey): Promise<string> {
  const { CompactSign } = await import('jose');
  const payload = Buffer.from(JSON.stringify(claims), 'utf8');
  const { alg } = header;
  return await new CompactSign(payload).setProtectedHeader({ ...header, alg: String(alg) }).sign(key);
}

function without(claim: string): Forged {
  return { reason: `the good token has no ${claim} claim, so that none can be wrong` };
}
