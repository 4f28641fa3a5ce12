import type { Secret } from '../kernel/secret.ts';
import type { TokenCarrier } from '../protocol/profile.ts';
import type { Budgets } from '../timeline/header.ts';

/** What signs a minted token. `key`: the HS256 secret, or a private key as PKCS#8 PEM or JWK JSON. */
export type Signing = {
  readonly algorithm: 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
  readonly key: Secret;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeS: number;
  readonly keyId: string | null;
};

/** How this run comes by its tokens. */
export type AuthPlan =
  | { readonly mode: 'simulate'; readonly key: Secret; readonly path: string }
  | { readonly mode: 'mint'; readonly signing: Signing }
  | { readonly mode: 'login'; readonly email: string; readonly password: Secret }
  /** `chosen: false`: only our default on loopback; where the target has no such endpoint the run goes on without a token. */
  | { readonly mode: 'dev-login'; readonly chosen: boolean }
  | { readonly mode: 'token'; readonly token: Secret }
  | { readonly mode: 'none' };

/** The HTTP proxy that a URL must be reached through, or `null` for a direct connection. */
export type ProxyFor = (url: URL) => URL | null;

/** Everything a run needs to know of its target; made by `config`, the only reader of the environment. */
export type Settings = {
  readonly environment: string;
  readonly wsUrl: URL;
  readonly httpUrl: URL;
  readonly authUrl: URL;
  readonly origin: string | null;
  readonly profile: string;
  readonly auth: AuthPlan;
  /** What the target verifies tokens with, where it was given to us; it signs tokens that must be refused for another reason than their signature. */
  readonly heldKey?: Signing | null;
  readonly tokenCarrier: TokenCarrier;
  readonly testHeaders: boolean;
  readonly tlsUnverified: boolean;
  readonly proxyFor: ProxyFor;
  readonly budgets: Budgets;
  readonly graceMs: number;
  readonly requestType: string | null;
  readonly prompt: string | null;
  readonly expectedRevision: string | null;
  /** Whether the agent may be asked over HTTP after a failure; never in production. */
  readonly agentOverHttp: boolean;
  /** Dials per connection: 3, on staging 5. */
  readonly dialTries: number;
  /** Every secret value that must never be printed. */
  readonly secrets: readonly Secret[];
  /** Which source supplied each setting, for `doctor --verbose`: the name of a flag, variable, file or "default". */
  readonly sources: { readonly [setting: string]: string };
};

/** What is wrong with one setting, and what to do about it. Never contains a secret's value. */
export type Problem = {
  readonly code: 'config-invalid' | 'secret-missing';
  readonly setting: string;
  readonly message: string;
  readonly hint: string;
};
