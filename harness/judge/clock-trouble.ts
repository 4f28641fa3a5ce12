import { EVENT_TYPES } from '../protocol/event.ts';
import type { Happening, Run, SessionRecord, TurnRecord } from '../timeline/run.ts';
import { fineStamp, leastOffsetMs, type Stamped } from './fine-stamp.ts';
import { ownLateness } from './own-lateness.ts';
import { runName } from './run-name.ts';

/** What the clocks of well kept hosts may differ; it spoils no delivery that is measured in seconds. */
const AGREEING_MS = 100;

/**
 * Why the stamps of a connection cannot tell how long its events were on their way, as far as it shows: they contradict what
 * must have happened first, so that they are not of one clock; or they do not tell when an event was sent. Else `null`.
 */
export function clockTrouble(run: Run, session: SessionRecord, stamped: readonly Stamped[]): string | null {
  return beforeTheQuestion(session, stamped) ?? backwards(session) ?? shared(run, stamped);
}

/** By the quickest delivery, the stamp is never earlier than the event was sent: no event answers what was not yet asked. */
function beforeTheQuestion(session: SessionRecord, stamped: readonly Stamped[]): string | null {
  const questions = questionsOf(session);
  const least = leastOffsetMs(stamped);
  for (const { happening, stamp } of stamped) {
    const turn = questions.get(happening);
    if (turn === undefined) continue;
    const earlyMs = (turn.sent ?? turn.asked).atMs - (stamp.atMs + least);
    if (earlyMs > stamp.resolutionMs + AGREEING_MS)
      return `${notOne(happening)} ${Math.round(earlyMs)} ms before it was asked for (${runName(turn)})`;
  }
  return null;
}

/** The question that each event answers: what comes of an earlier run is late, and was not asked for by this one. */
function questionsOf({ turns }: SessionRecord): ReadonlyMap<Happening, TurnRecord> {
  const firstOf = new Map<string | Happening, TurnRecord>();
  const questions = new Map<Happening, TurnRecord>();
  for (const turn of turns) {
    for (const happening of turn.happenings) {
      const run = happening.event.runId ?? happening;
      const first = firstOf.get(run) ?? turn;
      firstOf.set(run, first);
      questions.set(happening, first);
    }
  }
  return questions;
}

/** The firsts of the five that came in their order were made in it too. */
function backwards({ turns }: SessionRecord): string | null {
  for (const turn of turns) {
    let latestMs = Number.NEGATIVE_INFINITY;
    for (const happening of firstsInOrder(turn)) {
      const stamp = fineStamp(happening);
      if (stamp === null) continue;
      const backMs = latestMs - stamp.atMs;
      if (backMs > stamp.resolutionMs + AGREEING_MS)
        return `${notOne(happening)} ${Math.round(backMs)} ms before what it follows (${runName(turn)})`;
      latestMs = Math.max(latestMs, stamp.atMs);
    }
  }
  return null;
}

function firstsInOrder({ happenings }: TurnRecord): readonly Happening[] {
  let place = -1;
  return happenings.filter(({ event }) => {
    const next = EVENT_TYPES.indexOf(event.type);
    const isNext = next > place;
    if (isNext) place = next;
    return isNext;
  });
}

/** Events that came apart were sent apart: a stamp that they share is one of something else, of the run's creation as a rule. */
function shared(run: Run, stamped: readonly Stamped[]): string | null {
  const firsts = new Map<number, Happening>();
  for (const { happening, stamp } of stamped) {
    const first = firsts.get(stamp.atMs);
    if (first === undefined) {
      firsts.set(stamp.atMs, happening);
      continue;
    }
    const [fromMs, toMs] = [first.at.atMs, happening.at.atMs];
    const apartMs = toMs - fromMs - stamp.resolutionMs - AGREEING_MS;
    if (apartMs > 0 && apartMs > ownLateness(run, fromMs, toMs).boundMs)
      return `the stamps do not tell when an event was sent: events that came ${Math.round(toMs - fromMs)} ms apart share one`;
  }
  return null;
}

function notOne({ event }: Happening): string {
  return `the stamps are not of one clock: ${event.type} is stamped`;
}
