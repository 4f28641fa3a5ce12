import type { KeyObject } from 'node:crypto';
import { keyOf } from './mint.ts';
import type { Signing } from './settings.ts';
import { type TokenParts, tokenParts } from './token-parts.ts';

/** What tokens that must be refused are made from: a good one, and the key that signed it where that is held here. */
export type Forge = {
  readonly token: string;
  readonly parts: TokenParts;
  /** Its `alg`. */
  readonly algorithm: string;
  /** Seconds since the epoch. */
  readonly nowS: number;
  /** The key that verifies the good token, or why none does. */
  readonly key: { readonly held: KeyObject } | { readonly reason: string };
};

const NO_KEY =
  'the key that the target verifies with is not held here, and another signature would be refused for its own sake: set JWT_SECRET_KEY (or AGENT_EVENTS_JWT_PRIVATE_KEY) to it';
const OTHER_KEY =
  'the key that is held here did not sign the token of this run, so that the target would refuse the signature and not the claim: set JWT_SECRET_KEY (or AGENT_EVENTS_JWT_PRIVATE_KEY) to what the target verifies with';

/** What the good token gives to work with; `null` where it is no signed JWT. */
export async function forgeOf(of: {
  readonly token: string;
  readonly key: Signing | null;
  readonly wallMs: number;
}): Promise<Forge | null> {
  const parts = tokenParts(of.token);
  const algorithm = parts?.header.alg;
  if (parts === null || typeof algorithm !== 'string') return null;
  const { token } = of;
  return { token, parts, algorithm, nowS: Math.floor(of.wallMs / 1000), key: await heldFor(token, algorithm, of.key) };
}

/** The one proof that a claim of ours is refused for itself: our key verifies what the target lets in. */
async function heldFor(token: string, algorithm: string, signing: Signing | null): Promise<Forge['key']> {
  if (signing === null) return { reason: NO_KEY };
  if (signing.algorithm !== algorithm) return { reason: OTHER_KEY };
  const { compactVerify } = await import('jose');
  try {
    const held = keyOf(signing);
    const { createPublicKey } = await import('node:crypto');
    await compactVerify(token, held.type === 'secret' ? held : createPublicKey(held));
    return { held };
  } catch {
    return { reason: OTHER_KEY };
  }
}
