import type { Observation } from '../timeline/observation.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';
import { clockTrouble } from './clock-trouble.ts';
import { leastOffsetMs, type Stamped, stampedIn } from './fine-stamp.ts';

/** How long after its stamp an event arrived, by the quickest of its connection. */
export type Delivery = { readonly at: Observation; readonly tookMs: number; readonly resolutionMs: number };
/** The deliveries of each connection that has any to measure; or why nothing in the run can be measured. */
export type Deliveries =
  | { readonly measured: ReadonlyMap<SessionRecord, readonly Delivery[]> }
  | { readonly unmeasured: string };

/** One stamp tells nothing, and of two that differ nobody knows which is the odd one. */
const LEAST_STAMPS = 3;

/**
 * Arrival less the target's stamp says nothing by itself, for the clocks differ; its spread over a connection does, as long
 * as the stamps are of one clock and tell when each event was sent. One connection on which they do not speaks for the target.
 */
export function deliveriesOf(run: Run): Deliveries {
  const stamped = run.users.map((session) => [session, stampedIn(session)] as const);
  for (const [session, events] of stamped) {
    const trouble = clockTrouble(run, session, events);
    if (trouble !== null) return { unmeasured: trouble };
  }
  const telling = stamped.filter(([, events]) => new Set(events.map(({ stamp }) => stamp.atMs)).size >= LEAST_STAMPS);
  if (telling.length > 0) return { measured: new Map(telling.map(([session, events]) => [session, spread(events)])) };
  return {
    unmeasured: 'fewer than three events of a connection carry stamps of their own that are finer than a second',
  };
}

function spread(events: readonly Stamped[]): readonly Delivery[] {
  const least = leastOffsetMs(events);
  return events.map(({ happening, stamp, offsetMs }) => ({
    at: happening.at,
    tookMs: offsetMs - least,
    resolutionMs: stamp.resolutionMs,
  }));
}
