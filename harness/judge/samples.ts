import type { Stamp } from '../protocol/event.ts';
import type { Leg } from '../timeline/header.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Happening, Run, SessionRecord, TurnRecord } from '../timeline/run.ts';
import { toolCalls } from './tool-calls.ts';

/** One measured stretch of a leg. `isSilence`: it had not ended when the watch did, so it lasted at least so long. */
export type Sample = {
  readonly tookMs: number;
  readonly fromMs: number;
  readonly from: Observation | null;
  readonly until: Observation;
  readonly isSilence: boolean;
  /** How coarse the target's own clock prints, where it was read. */
  readonly resolutionMs: number;
};

/** The legs that are measured on each connection. */
export const SESSION_LEGS = {
  connect: ({ opened }) => (opened ? [sample(opened.atMs - opened.tookMs, null, opened)] : []),
  welcome,
  'open-to-first-event': openToFirstEvent,
  delivery,
} as const satisfies { readonly [L in Leg]?: (session: SessionRecord) => readonly Sample[] };

/** The legs that are measured in each turn. */
export const TURN_LEGS = {
  'first-event': (turn) => sinceAsked(turn, serverMade(turn)[0]),
  gap: gaps,
  tool: tools,
  total: (turn) =>
    sinceAsked(
      turn,
      turn.happenings.findLast(({ event }) => event.type === 'agent_completed'),
    ),
} as const satisfies { readonly [L in Leg]?: (turn: TurnRecord) => readonly Sample[] };

/** All samples of a leg over all users and turns. */
export function samplesOf(run: Run, leg: Leg): readonly Sample[] {
  switch (leg) {
    case 'credentials':
      return run.observations.flatMap((seen) =>
        seen.kind === 'probed' && seen.rung === 'credentials' && seen.probe === 'rung'
          ? [sample(seen.atMs - seen.tookMs, null, seen)]
          : [],
      );
    case 'connect':
    case 'welcome':
    case 'open-to-first-event':
    case 'delivery':
      return run.users.flatMap(SESSION_LEGS[leg]);
    case 'first-event':
    case 'gap':
    case 'tool':
    case 'total':
      return run.turns.flatMap(TURN_LEGS[leg]);
    default:
      leg satisfies never;
      return [];
  }
}

/** The events of a connection whose stamps can tell a delay: the target's own, fresh, and finer than a second. */
export function stampedEvents(session: SessionRecord): readonly Happening[] {
  return session.happenings.filter((happening) => fineStamp(happening) !== null);
}

/** The stamp of an event that can tell a delay, the target's own, of its first way, and finer than a second; else `null`. */
export function fineStamp({ event: { origin, recovered, retried, stamp } }: Happening): Stamp | null {
  const isFresh = origin === 'server' && !recovered && !retried;
  return isFresh && stamp !== null && stamp.resolutionMs < 1000 ? stamp : null;
}

function welcome({ opened, welcomed, observations }: SessionRecord): readonly Sample[] {
  if (!opened) return [];
  if (welcomed) return [sample(opened.atMs, opened, welcomed.at)];
  const end = observations.find((seen) => seen.kind === 'gave-up' && seen.seq > opened.seq);
  return end ? [{ ...sample(opened.atMs, opened, end), isSilence: true }] : [];
}

function openToFirstEvent({ opened, turns }: SessionRecord): readonly Sample[] {
  const [turn] = turns;
  if (!opened || !turn) return [];
  const first = serverMade(turn)[0];
  return first ? [sample(opened.atMs, opened, first.at)] : silence(turn, opened.atMs, opened);
}

/** Arrival less the target's stamp says nothing by itself, for the clocks differ; its spread over a connection does. */
function delivery(session: SessionRecord): readonly Sample[] {
  const stamped = session.happenings.flatMap((happening) => {
    const stamp = fineStamp(happening);
    if (stamp === null) return [];
    const { at } = happening;
    return [{ at, offsetMs: at.atMs - stamp.atMs, resolutionMs: stamp.resolutionMs }];
  });
  if (stamped.length < 2) return [];
  const least = stamped.reduce((min, { offsetMs }) => Math.min(min, offsetMs), Number.POSITIVE_INFINITY);
  return stamped.map(({ at, offsetMs, resolutionMs }) => ({
    ...sample(at.atMs - (offsetMs - least), null, at),
    resolutionMs,
  }));
}

/** Between consecutive events, up to the last agent_completed; and the silence in which a turn was given up. */
function gaps(turn: TurnRecord): readonly Sample[] {
  const last = turn.happenings.findLastIndex(({ event }) => event.type === 'agent_completed');
  const counted = last < 0 ? turn.happenings : turn.happenings.slice(0, last + 1);
  const between = counted.slice(1).flatMap(({ at, event }, index) => {
    const before = counted[index];
    return before && event.origin === 'server' ? [sample(before.at.atMs, before.at, at)] : [];
  });
  const end = turn.happenings.at(-1);
  return last < 0 && end ? [...between, ...silence(turn, end.at.atMs, end.at)] : between;
}

function tools(turn: TurnRecord): readonly Sample[] {
  const { whole, unended } = toolCalls(turn);
  const measured = whole.flatMap(({ begun, until, derived }) =>
    derived || until.seq < begun.at.seq ? [] : [sample(begun.at.atMs, begun.at, until)],
  );
  return [...measured, ...unended.flatMap(({ at }) => silence(turn, at.atMs, at))];
}

/** What had not come when a turn was given up. A turn that ended in another way leaves no silence to measure. */
function silence(turn: TurnRecord, fromMs: number, from: Observation): readonly Sample[] {
  if (turn.settled?.because !== 'gave-up') return [];
  return [{ ...sample(fromMs, from, turn.gaveUp ?? turn.settled), isSilence: true }];
}

function serverMade(turn: TurnRecord): readonly Happening[] {
  return turn.happenings.filter(({ event }) => event.origin === 'server');
}

/** From when the question should have gone out, so that our own delay in sending it counts as waiting. */
function sinceAsked(turn: TurnRecord, end: Happening | undefined): readonly Sample[] {
  const fromMs = turn.asked.intendedAtMs;
  return end ? [sample(fromMs, turn.asked, end.at)] : silence(turn, fromMs, turn.asked);
}

function sample(fromMs: number, from: Observation | null, until: Observation): Sample {
  return { tookMs: until.atMs - fromMs, fromMs, from, until, isSilence: false, resolutionMs: 0 };
}
