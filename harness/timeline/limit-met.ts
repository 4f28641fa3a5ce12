import { type IdleLimit, limitNear } from './idle-limits.ts';
import type { Observation, Seen } from './observation.ts';
import { isArrival, isTraffic } from './traffic.ts';

/** A round limit that the end of a connection met: how long after what it came, in milliseconds and words. */
export type LimitMet = {
  readonly limit: IdleLimit;
  readonly since: Observation;
  readonly tookMs: number;
  readonly words: string;
};

/** The limit that a connection ended at: a round time after its last byte in either direction, or at a round age; `null` otherwise. */
export function limitMet(
  observations: readonly Observation[],
  opened: Seen<'opened'>,
  end: Seen<'closed'>,
): LimitMet | null {
  const before = observations.filter(({ seq }) => seq < end.seq);
  const lastByte = before.findLast(isTraffic) ?? opened;
  const lastArrival = before.findLast(isArrival) ?? opened;
  const moments = [
    { since: lastByte, words: 'after its last byte' },
    { since: lastArrival, words: "after the target's last byte" },
    { since: opened, words: 'after it opened' },
  ];
  for (const { since, words } of moments) {
    const tookMs = end.atMs - since.atMs;
    const limit = limitNear(tookMs);
    if (limit !== null) return { limit, since, tookMs, words };
  }
  return null;
}
