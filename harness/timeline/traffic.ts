import type { Observation } from './observation.ts';

const ARRIVING: ReadonlySet<Observation['kind']> = new Set(['received', 'received-binary', 'ponged', 'was-pinged']);
const SENDING: ReadonlySet<Observation['kind']> = new Set(['sent', 'pinged']);

/** Whether an observation is something that came from the target on an open connection: a whole frame of any kind, a close apart. */
export function isArrival({ kind }: Observation): boolean {
  return ARRIVING.has(kind);
}

/** Whether an observation tells of bytes on a connection, in either direction, its beginning included and its end not. */
export function isTraffic(seen: Observation): boolean {
  return seen.kind === 'opened' || SENDING.has(seen.kind) || isArrival(seen);
}
