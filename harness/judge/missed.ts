import type { Happening, TurnRecord } from '../timeline/run.ts';
import { RESOLUTION_MS } from './pace.ts';
import { isFinelyStamped } from './samples.ts';

/**
 * The events of a turn that the target made while its user had no connection: those that say of themselves that they are a
 * retry or recovered, and those whose stamps, by the quickest delivery before the connection was lost, are older than the
 * connection that brought them.
 */
export function missedIn(turn: TurnRecord): readonly Happening[] {
  const offsetMs = leastOffset(turn);
  return turn.happenings.filter((happening) => {
    const { at, event } = happening;
    const back = turn.resumed.findLast(({ seq }) => seq < at.seq);
    if (back === undefined) return false;
    if (event.recovered || event.retried) return true;
    if (!isFinelyStamped(happening) || event.stamp === null) return false;
    return event.stamp.atMs + event.stamp.resolutionMs + offsetMs + RESOLUTION_MS < back.atMs;
  });
}

/** The least that lay between the stamp and the arrival of an event before the connection was lost: more than any clock can be apart where none came. */
function leastOffset({ happenings, resumed }: TurnRecord): number {
  const lostSeq = resumed[0]?.seq ?? 0;
  return happenings
    .filter((happening) => happening.at.seq < lostSeq && isFinelyStamped(happening))
    .reduce((least, { at, event }) => Math.min(least, at.atMs - (event.stamp?.atMs ?? 0)), Number.POSITIVE_INFINITY);
}
