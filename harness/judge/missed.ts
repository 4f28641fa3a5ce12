import type { Happening, TurnRecord } from '../timeline/run.ts';
import { fineStamp } from './fine-stamp.ts';
import { RESOLUTION_MS } from './pace.ts';

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
    const stamp = fineStamp(happening);
    return stamp !== null && stamp.atMs + stamp.resolutionMs + offsetMs + RESOLUTION_MS < back.atMs;
  });
}

/** The least that lay between the stamp and the arrival of an event before the connection was lost; infinite where none came. */
function leastOffset({ happenings, resumed }: TurnRecord): number {
  const before = happenings.filter(({ at }) => resumed.every(({ seq }) => at.seq < seq));
  return before.reduce((least, happening) => {
    const stamp = fineStamp(happening);
    return stamp === null ? least : Math.min(least, happening.at.atMs - stamp.atMs);
  }, Number.POSITIVE_INFINITY);
}
