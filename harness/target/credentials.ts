import type { Secret } from '../kernel/secret.ts';
import { type Credential, type CredentialResult, credentialOf, described, type Errand } from './credential.ts';
import { devLogin, login } from './login.ts';
import { claimsFor, signed } from './mint.ts';
import type { Persona } from './personas.ts';
import type { AuthPlan, Signing } from './settings.ts';
import { simulate } from './simulate.ts';
import { troubleOf } from './trouble.ts';

export type { Credential, CredentialResult, Errand } from './credential.ts';

/** A token is renewed this long before it expires, or after nine tenths of its life where that is later. */
const MARGIN_MS = 60_000;

type Held = { readonly result: CredentialResult; readonly untilWallMs: number };

/** Where tokens come from: one per persona, kept until shortly before it expires; askers at the same time share one exchange. */
export class Wallet {
  readonly #errand: Errand;
  readonly #onSecret: (secret: Secret) => void;
  readonly #held = new Map<string, Held>();
  readonly #pending = new Map<string, Promise<CredentialResult>>();

  constructor(of: Errand & { readonly onSecret?: (secret: Secret) => void }) {
    this.#errand = of;
    this.#onSecret = of.onSecret ?? (() => undefined);
  }

  /** Whether two personas may be two users to the target; where `false` they certainly are one. */
  get distinctUsers(): boolean {
    const { mode } = this.#errand.settings.auth;
    return mode === 'simulate' || mode === 'mint' || mode === 'dev-login';
  }

  /** The persona's credential. Never throws; a kept one took 0 ms and says `cached`. */
  async obtain(who: Persona): Promise<CredentialResult> {
    const pocket = this.distinctUsers ? who.email : 'everybody';
    const held = this.#held.get(pocket) ?? this.#held.get('everybody');
    if (held !== undefined && this.#errand.clock.wallMs() < held.untilWallMs) return again(held.result);
    const pending = this.#pending.get(pocket) ?? this.#fetch(pocket, who);
    this.#pending.set(pocket, pending);
    return await pending;
  }

  async #fetch(pocket: string, who: Persona): Promise<CredentialResult> {
    const { auth } = this.#errand.settings;
    try {
      const result = await this.#by(auth, who);
      if (!result.ok) return result;
      const { credential, facts } = result;
      if (credential !== null) this.#onSecret(credential.token);
      const untilWallMs = credential === null ? Number.POSITIVE_INFINITY : this.#freshUntil(credential);
      // "Not ready yet" is asked again; "no such endpoint" holds for everybody and for good.
      if (credential !== null || auth.mode === 'none' || facts.absent === true)
        this.#held.set(credential === null ? 'everybody' : pocket, { result, untilWallMs });
      return result;
    } finally {
      this.#pending.delete(pocket);
    }
  }

  async #by(auth: AuthPlan, who: Persona): Promise<CredentialResult> {
    switch (auth.mode) {
      case 'simulate':
        return await simulate(this.#errand, auth, who);
      case 'login':
        return await login(this.#errand, auth);
      case 'dev-login':
        return await devLogin(this.#errand, auth.chosen, who);
      case 'mint':
        return await this.#mint(auth.signing, who);
      case 'token':
        return this.#given(auth.token);
      case 'none':
        return {
          ...NOTHING,
          ok: true,
          credential: null,
          detail: 'no token: auth mode is none',
          facts: { mode: 'none' },
        };
      default:
        return auth satisfies never;
    }
  }

  async #mint(signing: Signing, who: Persona): Promise<CredentialResult> {
    const { clock, settings } = this.#errand;
    await import('jose');
    const startedAtMs = clock.nowMs();
    const wallMs = clock.wallMs();
    const facts = { mode: 'mint', algorithm: signing.algorithm };
    try {
      const token = await signed(claimsFor(who, signing, settings.environment, wallMs), signing);
      const tookMs = clock.nowMs() - startedAtMs;
      const credential = credentialOf(token, 'mint', wallMs);
      if (typeof credential === 'string') return { ...NOTHING, ok: false, tookMs, detail: credential, facts };
      return { ...NOTHING, ok: true, credential, tookMs, detail: described(credential, wallMs), facts };
    } catch (error) {
      const { code } = troubleOf(error, 'credentials');
      const trouble = {
        phase: 'credentials',
        code,
        message: `no ${signing.algorithm} signature from this key`,
      } as const;
      return { ...NOTHING, ok: false, trouble, tookMs: clock.nowMs() - startedAtMs, detail: trouble.message, facts };
    }
  }

  #given(token: Secret): CredentialResult {
    const wallMs = this.#errand.clock.wallMs();
    const credential = credentialOf(token.reveal(), 'token', wallMs);
    if (typeof credential === 'string')
      return {
        ...NOTHING,
        ok: false,
        detail: `AGENT_EVENTS_TOKEN is ${credential}`,
        facts: { mode: 'token', tokenUnreadable: true },
      };
    const expired = credential.expiresAtMs !== null && credential.expiresAtMs <= wallMs;
    return {
      ...NOTHING,
      ok: true,
      credential,
      detail: described(credential, wallMs),
      facts: { mode: 'token', expired },
    };
  }

  /** Counted from arrival by the token's own length of life, so that a clock that differs from ours does no harm. */
  #freshUntil({ expiresAtMs, issuedAtMs, source }: Credential): number {
    if (expiresAtMs === null || source === 'token') return Number.POSITIVE_INFINITY;
    const lifeMs = expiresAtMs - issuedAtMs;
    return this.#errand.clock.wallMs() + lifeMs - Math.min(MARGIN_MS, lifeMs * 0.1);
  }
}

const NOTHING = { answer: null, trouble: null, tookMs: 0 } as const;

function again(result: CredentialResult): CredentialResult {
  return { ...result, tookMs: 0, facts: { ...result.facts, cached: true } };
}
