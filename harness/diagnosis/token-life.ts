import type { Seen } from '../timeline/observation.ts';

type Life = Pick<Seen<'credentialed'>, 'expiresAtMs' | 'notBeforeMs'>;

/** What two clocks that agree may differ by where a token is judged, in milliseconds: `exp`, `nbf` and `Date` know whole seconds (RFC 7519, RFC 9110). */
export const TOKEN_RESOLUTION_MS = 1000;

/** Whether a token has expired on a clock (milliseconds since 1970); never, where it does not say when it does. */
export function isExpired({ expiresAtMs }: Life, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}

/** Whether a token is not valid yet on a clock (milliseconds since 1970), by more than clocks that agree may differ. */
export function isEarly({ notBeforeMs }: Life, nowMs: number): boolean {
  return (notBeforeMs ?? 0) > nowMs + TOKEN_RESOLUTION_MS;
}
