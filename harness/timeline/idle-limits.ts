/** Time limits that are known to cut connections, in seconds, with what usually sets them. */
const LIMITS: readonly (readonly [seconds: number, owner: string])[] = [
  [30, 'the default backend timeout of a Google load balancer'],
  [60, 'proxy_read_timeout of nginx, or the idle timeout of an AWS load balancer'],
  [90, 'a heartbeat timeout of three missed beats of 30 s'],
  [120, 'the worker timeout of gunicorn'],
  [180, 'the connection clean-up of the target'],
  [300, 'the request timeout of Cloud Run, or the stale clean-up of the target'],
  [600, 'the backend timeout of the load balancer'],
  [900, 'WEBSOCKET_CONNECTION_TIMEOUT or WEBSOCKET_STALE_TIMEOUT of the target'],
  [3600, 'the longest request that Cloud Run allows'],
];
/** How near a duration has to be: measured cuts lie within 2 %. */
const TOLERANCE = 0.02;

export type IdleLimit = { readonly seconds: number; readonly owner: string };

/** The round limit that a duration stands for, or `null`. */
export function limitNear(durationMs: number): IdleLimit | null {
  const found = LIMITS.find(([seconds]) => Math.abs(durationMs - seconds * 1000) <= seconds * 1000 * TOLERANCE);
  return found === undefined ? null : { seconds: found[0], owner: found[1] };
}
