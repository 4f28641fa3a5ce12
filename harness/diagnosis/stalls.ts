import type { Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { spanOf } from './place.ts';

/** How late this process was itself in a stretch of monotonic time, and the gravest stall of it. */
export type Stall = { readonly lateByMs: number; readonly at: Seen<'stalled'> };

/** How late we have to be before a peer that waited for us just then can have given up: half of the shortest keepalive in use, one second. */
export const GIVEN_UP_MS = 500;

/** Stalls less than this apart are one: what a process does in the moment between them is too little to be on time. */
const APART_MS = 100;

/** The longest stretch in which this process was late, of those that reach into `fromMs`…`toMs`; stalls that follow each other closely are one. */
export function longestStall(run: Run, fromMs: number, toMs: number): Stall | null {
  const stretches: Stall[] = [];
  for (const at of run.stalls) {
    const before = stretches.at(-1);
    const follows = before !== undefined && at.atMs - at.lateByMs - before.at.atMs <= APART_MS;
    stretches.push({ lateByMs: at.lateByMs + (follows ? before.lateByMs : 0), at });
  }
  const reaching = stretches.filter(({ at, lateByMs }) => at.atMs >= fromMs && at.atMs - lateByMs <= toMs);
  return reaching.toSorted((a, b) => b.lateByMs - a.lateByMs)[0] ?? null;
}

/** The longest such stretch where it was long enough for a peer, or for whatever else waits so long, to give up on us; `null` otherwise. */
export function givenUpIn(run: Run, fromMs: number, toMs: number, leastMs: number = GIVEN_UP_MS): Stall | null {
  const stall = longestStall(run, fromMs, toMs);
  return stall !== null && stall.lateByMs >= leastMs ? stall : null;
}

/** The beginning of a sentence that blames ourselves: by how much we were late, and whether our own code or somebody else kept us. */
export function lateWords({ lateByMs, at }: Stall): string {
  const why = at.frozen ? 'stopped or starved from outside' : 'busy with its own work';
  return `this process was late by ${spanOf(lateByMs)} itself (${why})`;
}
