import type { Stamp } from '../protocol/event.ts';
import type { Happening, SessionRecord } from '../timeline/run.ts';

/** An event whose stamp can tell a delay. `offsetMs`: from the stamp to the arrival, on clocks that need not agree. */
export type Stamped = { readonly happening: Happening; readonly stamp: Stamp; readonly offsetMs: number };

/** The stamp of an event that can tell a delay, the target's own, of its first way, and finer than a second; else `null`. */
export function fineStamp({ event: { origin, recovered, retried, stamp } }: Happening): Stamp | null {
  const isFresh = origin === 'server' && !recovered && !retried;
  return isFresh && stamp !== null && stamp.resolutionMs < 1000 ? stamp : null;
}

/** The least time from a stamp to an arrival: that of the quickest delivery, on clocks that need not agree. */
export function leastOffsetMs(stamped: readonly Stamped[]): number {
  return stamped.reduce((min, { offsetMs }) => Math.min(min, offsetMs), Number.POSITIVE_INFINITY);
}

/** The events of a connection whose stamps can tell a delay, in order. */
export function stampedIn({ happenings }: SessionRecord): readonly Stamped[] {
  return happenings.flatMap((happening) => {
    const stamp = fineStamp(happening);
    return stamp === null ? [] : [{ happening, stamp, offsetMs: happening.at.atMs - stamp.atMs }];
  });
}
