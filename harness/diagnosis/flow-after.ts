import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { isArrival } from '../timeline/traffic.ts';
import { followUp } from './follow-ups.ts';

/** What still came on a connection whose ping went unanswered: whole frames, or bytes of one that does not end. */
export type Flow = { readonly frames: number; readonly bytes: number };

/** What came on a ping's connection after it; `null` where nothing did: only that is silence. */
export function flowAfter(run: Run, ping: Observation): Flow | null {
  const { session, seq } = ping;
  const later = { ...run, observations: run.observations.filter((seen) => seen.session === session && seen.seq > seq) };
  const frames = later.observations.filter((seen) => seen.kind !== 'ponged' && isArrival(seen)).length;
  const probe = followUp(later, 'ping');
  const bytes = probe?.ok === false ? probe.facts.bytes : 0;
  const dripped = typeof bytes === 'number' ? bytes : 0;
  return frames === 0 && dripped === 0 ? null : { frames, bytes: dripped };
}

/** That flow in words. */
export function flowWords({ frames, bytes }: Flow): string {
  if (frames === 1) return 'another frame still came';
  return frames > 0 ? `${frames} frames still came` : `${bytes} bytes of a frame that does not end still came`;
}
