import type { Secret } from '../kernel/secret.ts';
import { type CredentialResult, credentialOf, described, type Errand } from './credential.ts';
import { claimsFor, signed } from './mint.ts';
import type { Persona } from './personas.ts';
import type { Signing } from './settings.ts';
import { troubleOf } from './trouble.ts';

/** What every result has for which nobody was asked. */
const UNASKED = { answer: null, trouble: null, tookMs: 0 } as const;

/** A token for this persona, signed here. */
export async function minted({ clock, settings }: Errand, signing: Signing, who: Persona): Promise<CredentialResult> {
  await import('jose');
  const startedAtMs = clock.nowMs();
  const wallMs = clock.wallMs();
  const facts = { mode: 'mint', algorithm: signing.algorithm };
  try {
    const token = await signed(claimsFor(who, signing, settings.environment, wallMs), signing);
    const tookMs = clock.nowMs() - startedAtMs;
    const credential = credentialOf(token, 'mint', wallMs);
    if (typeof credential === 'string') return { ...UNASKED, ok: false, tookMs, detail: credential, facts };
    return { ...UNASKED, ok: true, credential, tookMs, detail: described(credential, wallMs), facts };
  } catch (error) {
    const { code } = troubleOf(error, 'credentials');
    const trouble = { phase: 'credentials', code, message: `no ${signing.algorithm} signature from this key` } as const;
    return { ...UNASKED, ok: false, trouble, tookMs: clock.nowMs() - startedAtMs, detail: trouble.message, facts };
  }
}

/** The token that was given, expired or not: whether the target takes it is for the target to say. */
export function given({ clock }: Errand, token: Secret): CredentialResult {
  const wallMs = clock.wallMs();
  const credential = credentialOf(token.reveal(), 'token', wallMs);
  if (typeof credential === 'string') {
    const facts = { mode: 'token', tokenUnreadable: true };
    return { ...UNASKED, ok: false, detail: `AGENT_EVENTS_TOKEN is ${credential}`, facts };
  }
  const expired = credential.expiresAtMs !== null && credential.expiresAtMs <= wallMs;
  return { ...UNASKED, ok: true, credential, detail: described(credential, wallMs), facts: { mode: 'token', expired } };
}
