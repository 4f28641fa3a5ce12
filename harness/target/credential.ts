import type { Clock } from '../kernel/clock.ts';
import { Secret } from '../kernel/secret.ts';
import type { Answer, AuthMode, Facts, Trouble } from '../timeline/observation.ts';
import type { Settings } from './settings.ts';
import { fingerprint, readToken } from './token.ts';

/** A token and what it says of itself: user and expiry are its own words. */
export type Credential = {
  readonly token: Secret;
  /** The token's `sub`. */
  readonly subject: string;
  /** Milliseconds since the epoch: the token's `iat`, or when it arrived where it has none. */
  readonly issuedAtMs: number;
  /** Milliseconds since the epoch; `null`: it never expires. */
  readonly expiresAtMs: number | null;
  /** Milliseconds since the epoch: the token's `nbf`; `null` or absent: it says nothing. */
  readonly notBeforeMs?: number | null;
  /** First 8 hex digits of the token's SHA-256. */
  readonly fingerprint: string;
  readonly source: AuthMode;
};

/** What came of asking for a credential. Nothing in it holds a secret but `credential.token`. */
export type CredentialResult = {
  readonly tookMs: number;
  readonly answer: Answer | null;
  /** One line for people. */
  readonly detail: string;
  readonly facts: Facts;
} /** `credential: null`: the run goes on without a token, as chosen or because the target offers none. */ & (
  | { readonly ok: true; readonly credential: Credential | null; readonly trouble: null }
  | { readonly ok: false; readonly trouble: Trouble | null }
);

/** What every way to a credential works with. */
export type Errand = {
  readonly settings: Settings;
  readonly clock: Clock;
  /** 32 hex digits. */
  readonly traceId: string;
  readonly signal?: AbortSignal | undefined;
};

/** The credential that a token is, or what it lacks to be one. */
export function credentialOf(
  token: string,
  source: AuthMode,
  wallMs: number,
): Credential | 'no readable JWT' | 'a token that names no subject' {
  const reading = readToken(token);
  if (reading === null) return 'no readable JWT';
  if (reading.subject === null) return 'a token that names no subject';
  return {
    token: new Secret(token),
    subject: reading.subject,
    issuedAtMs: reading.issuedAtMs ?? wallMs,
    expiresAtMs: reading.expiresAtMs,
    ...(reading.notBeforeMs === null ? {} : { notBeforeMs: reading.notBeforeMs }),
    fingerprint: fingerprint(token),
    source,
  };
}

/** How a credential is described to people: whose, and for how long. */
export function described(credential: Credential, wallMs: number): string {
  const { subject, expiresAtMs } = credential;
  if (expiresAtMs === null) return `a token for ${subject} that never expires`;
  const leftS = Math.round((expiresAtMs - wallMs) / 1000);
  return leftS > 0 ? `a token for ${subject}, valid for ${leftS} s` : `a token for ${subject}, expired ${-leftS} s ago`;
}
