import type { Secret } from '../kernel/secret.ts';
import type { Credential, CredentialResult, Errand } from './credential.ts';
import { devLogin, login } from './login.ts';
import type { Persona } from './personas.ts';
import type { AuthPlan } from './settings.ts';
import { simulate } from './simulate.ts';

export type { Credential, CredentialResult, Errand } from './credential.ts';

/** A token is renewed this long before it expires, or after nine tenths of its life where that is later. */
const MARGIN_MS = 60_000;

type Held = { readonly result: CredentialResult; readonly untilWallMs: number };

/** Where tokens come from: one per persona, kept until shortly before it expires; askers at the same time share one exchange. */
export class Wallet {
  readonly #errand: Errand;
  readonly #onSecret: (secret: Secret) => void;
  readonly #guard: () => Promise<CredentialResult | null>;
  readonly #held = new Map<string, Held>();
  readonly #pending = new Map<string, Promise<CredentialResult>>();

  constructor(
    of: Errand & {
      readonly onSecret?: (secret: Secret) => void;
      /** Asked before every credential: what it answers is given in its place. */
      readonly guard?: () => Promise<CredentialResult | null>;
    },
  ) {
    this.#errand = of;
    this.#onSecret = of.onSecret ?? (() => undefined);
    this.#guard = of.guard ?? (async () => null);
  }

  /** Whether two personas may be two users to the target; where `false` they certainly are one. */
  get distinctUsers(): boolean {
    const { mode } = this.#errand.settings.auth;
    return mode === 'simulate' || mode === 'mint' || mode === 'dev-login';
  }

  /** The persona's credential. Never throws; a kept one took 0 ms and says `cached`. */
  async obtain(who: Persona): Promise<CredentialResult> {
    const refused = await this.#guard();
    if (refused !== null) return refused;
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
        return await (await import('./own-token.ts')).minted(this.#errand, auth.signing, who);
      case 'token':
        return (await import('./own-token.ts')).given(this.#errand, auth.token);
      case 'none':
        return {
          answer: null,
          trouble: null,
          tookMs: 0,
          ok: true,
          credential: null,
          detail: 'no token: auth mode is none',
          facts: { mode: 'none' },
        };
      default:
        return auth satisfies never;
    }
  }

  /** Counted from arrival by the token's own length of life, so that a clock that differs from ours does no harm. */
  #freshUntil({ expiresAtMs, issuedAtMs, source }: Credential): number {
    if (expiresAtMs === null || source === 'token') return Number.POSITIVE_INFINITY;
    const lifeMs = expiresAtMs - issuedAtMs;
    return this.#errand.clock.wallMs() + lifeMs - Math.min(MARGIN_MS, lifeMs * 0.1);
  }
}

function again(result: CredentialResult): CredentialResult {
  return { ...result, tookMs: 0, facts: { ...result.facts, cached: true } };
}
