import { createHash } from 'node:crypto';

/** What a token says of itself; read, never verified, and never invented. */
export type TokenReading = {
  readonly algorithm: string;
  /** Its `sub`; `null` where it names nobody. */
  readonly subject: string | null;
  /** Milliseconds since the epoch. */
  readonly issuedAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** Its `nbf`, where it has one. */
  readonly notBeforeMs: number | null;
};

/** Reads a JWT without verifying it; `null` when it is none. */
export function readToken(token: string): TokenReading | null {
  const [head, body, signature, ...more] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) return null;
  const header = jsonOf(head);
  const claims = jsonOf(body);
  if (header === null || claims === null || typeof header.alg !== 'string') return null;
  const subject = claims.sub;
  return {
    algorithm: header.alg,
    subject: typeof subject === 'string' && subject !== '' ? subject : null,
    issuedAtMs: instant(claims.iat),
    expiresAtMs: instant(claims.exp),
    notBeforeMs: instant(claims.nbf),
  };
}

/** First 8 hex digits of the token's SHA-256: the same token is recognisable, never readable. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex').slice(0, 8);
}

function jsonOf(part: string): { readonly [claim: string]: unknown } | null {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function instant(claim: unknown): number | null {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim * 1000 : null;
}
