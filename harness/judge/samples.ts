import type { Leg } from '../timeline/header.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Happening, Run, SessionRecord, TurnRecord } from '../timeline/run.ts';
import { type Delivery, deliveriesOf } from './deliveries.ts';
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
      return run.users.flatMap(SESSION_LEGS[leg]);
    case 'delivery': {
      const found = deliveriesOf(run);
      return 'measured' in found ? [...found.measured.values()].flat().map(deliverySample) : [];
    }
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

/** What a delivery took. */
export function deliverySample({ at, tookMs, resolutionMs }: Delivery): Sample {
  return { ...sample(at.atMs - tookMs, null, at), resolutionMs };
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
