import type { Answer } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { followUp } from '../follow-ups.ts';

/** What differs between two answers that say the same: numbers, ids and times. */
const PARTICULAR = /[0-9a-f-]{8,}|\d+/gi;

/**
 * Whether the probes were told the same as we were: without the token (where we had one) and on a path that nobody serves.
 * Nothing separates the token from the path then.
 */
export function isAnsweredAlike(run: Run, answer: Answer, hadToken: boolean): boolean {
  const probes = [followUp(run, 'bogus-path'), ...(hadToken ? [followUp(run, 'without-token')] : [])];
  return probes.every((probe) => probe?.answer != null && saysTheSame(probe.answer, answer));
}

/** Whether two answers have one status and, but for numbers, ids and times, one body. */
export function saysTheSame(one: Answer, other: Answer): boolean {
  return shapeOf(one) === shapeOf(other);
}

function shapeOf({ status, bodyHead }: Answer): string {
  return `${status} ${bodyHead.replace(PARTICULAR, '#')}`;
}
