import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** Milliseconds since the epoch, by our own wall clock as it went when the run began, of an observation; a later correction of that clock changes nothing. */
export function wallOf({ header, stalls }: Run, { atMs }: Observation): number {
  const sleptMs = stalls.reduce((sum, stall) => sum + (stall.atMs <= atMs ? (stall.sleptMs ?? 0) : 0), 0);
  return Date.parse(header.startedAt) + (atMs - header.startedAtMs) + sleptMs;
}
