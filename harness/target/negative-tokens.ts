import { Secret } from '../kernel/secret.ts';
import { TOKEN_KINDS, type TokenKind } from '../timeline/token-kinds.ts';
import type { Credential } from './credential.ts';
import { type Forge, forgeOf } from './forge.ts';
import { forged } from './forged.ts';
import type { Signing } from './settings.ts';
import { fingerprint, readToken } from './token.ts';

/** A token that a target must refuse (`credential: null`: nothing is shown at all), or why its refusal would prove nothing and it is not asked. */
export type NegativeToken =
  | { readonly kind: TokenKind; readonly asked: true; readonly credential: Credential | null }
  | { readonly kind: TokenKind; readonly asked: false; readonly reason: string };

const NO_GOOD_TOKEN =
  'this run has no token of its own that it would differ from: choose an AGENT_EVENTS_AUTH_MODE that gives one';

/**
 * Every token that a target must refuse, each made from the good one and differing from it in one thing only. What needs
 * the target's own key is made where `key` verifies the good token, and is not asked otherwise. Never throws for a key's sake.
 */
export async function negativeTokens(of: {
  readonly good: Credential | null;
  readonly key: Signing | null;
  readonly wallMs: number;
}): Promise<readonly NegativeToken[]> {
  const { good } = of;
  const forge = good === null ? null : await forgeOf({ ...of, token: good.token.reveal() });
  return await Promise.all(TOKEN_KINDS.map((kind) => negative(kind, good, forge)));
}

async function negative(kind: TokenKind, good: Credential | null, forge: Forge | null): Promise<NegativeToken> {
  if (kind === 'no-token') return { kind, asked: true, credential: null };
  if (good === null || forge === null) return { kind, asked: false, reason: NO_GOOD_TOKEN };
  const made = await forged(kind, forge);
  if ('reason' in made) return { kind, asked: false, reason: made.reason };
  return { kind, asked: true, credential: shown(made.token, good) };
}

/** A token as a session travels with it; its user and its times are its own words, where it has any. */
function shown(token: string, good: Credential): Credential {
  const reading = readToken(token);
  return {
    token: new Secret(token),
    subject: reading?.subject ?? '',
    issuedAtMs: reading?.issuedAtMs ?? good.issuedAtMs,
    expiresAtMs: reading?.expiresAtMs ?? null,
    fingerprint: fingerprint(token),
    source: good.source,
  };
}
