import type { Ruled } from '../../judge/rule.ts';
import { runName } from '../../judge/run-name.ts';
import type { Observation, Phase, Seen } from '../../timeline/observation.ts';
import type { Frame, Run, SessionRecord, TurnRecord } from '../../timeline/run.ts';
import { cutByOurFault, refusedOnPurpose } from '../expected.ts';

/**
 * An opened session that did not come to its end. `welcome`: it never saw one; `idle`: welcomed, and its request was never
 * sent; `stream`: in the middle of a run.
 */
export type Standing = {
  readonly session: SessionRecord;
  readonly stage: 'welcome' | 'idle' | 'stream';
  readonly turn: TurnRecord | null;
  /** How the peer ended it, where that came before our own close, our own fault and our own giving up. */
  readonly end: Seen<'closed'> | null;
  /** Where our own side cut it although nobody here had asked for that. */
  readonly cut: Seen<'closed'> | null;
  /** What arrived since the last turn that ended well. */
  readonly frames: readonly Frame[];
  readonly opened: Seen<'opened'>;
};

/** The sessions of users and of the ladder that opened and did not come to their end, in order of appearance. */
export function standings(run: Run, ruled: readonly Ruled[]): readonly Standing[] {
  const onPurpose = refusedOnPurpose(run, ruled);
  return run.sessions
    .filter(({ role, session }) => role !== 'probe' && !onPurpose.has(session))
    .map(standingOf)
    .filter((standing) => standing !== null);
}

/** Where one session stood when it ended or the timeline did; `null` where it came to its end or never opened. */
export function standingOf(session: SessionRecord): Standing | null {
  const { opened, turns, welcomed } = session;
  if (opened === null) return null;
  const index = turns.findIndex((turn) => !endedWell(turn, session));
  const turn = turns[index] ?? null;
  if (turn === null && turns.length > 0) return null;
  const ended = unaskedEnd(session, turn);
  const [end, cut] = ended?.how === 'local' ? [null, ended] : [ended, null];
  const stage = stageOf(session, turn);
  if (turn === null && welcomed !== null && (end === null || session.role === 'ladder')) return null;
  const since = turns[index - 1]?.settled?.seq ?? opened.seq;
  return { session, stage, turn, end, cut, opened, frames: session.frames.filter(({ at }) => at.seq > since) };
}

/** What to do about a connection that was closed before anything was asked. */
export const NO_RUN_YET = 'find out why the connect handler ends (its clean-up path) before anything is asked of it';

/** The phase that a standing is in, for a diagnosis. */
export function phaseOf({ stage }: Standing): Phase {
  return stage === 'welcome' ? 'welcome' : 'stream';
}

/** How far a session had come, for sentences. */
export function whenOf({ stage, turn }: Standing): string {
  if (stage === 'welcome') return 'before the welcome';
  return turn?.sent ? `in the middle of ${runName(turn)}` : 'before the request';
}

/** The newest frame before the end: what a reader wants to see beside it. */
export function lastFrame({ frames }: Standing): Seen<'received'> | null {
  return frames.at(-1)?.at ?? null;
}

/** Whether an agent event had come on this socket by then, in one frame with it at the latest: whoever gets events was let in, on a service that was ready. */
export function wasAdmitted({ session }: Standing, before: Observation): boolean {
  return session.happenings.some(({ at }) => at.kind === 'received' && at.seq <= before.seq);
}

function stageOf({ welcomed }: SessionRecord, turn: TurnRecord | null): Standing['stage'] {
  if (turn !== null && turn.sent !== null) return 'stream';
  return welcomed === null ? 'welcome' : 'idle';
}

/** A run is over with an agent_completed, unless the connection then broke under agents that had not completed. */
function endedWell({ happenings, settled }: TurnRecord, { closed }: SessionRecord): boolean {
  if (!happenings.some(({ event }) => event.type === 'agent_completed')) return false;
  if (settled?.because !== 'closed' || closed === null || closed.code === 1000) return true;
  const namesOf = (type: string): ReadonlySet<string | null> =>
    new Set(happenings.filter(({ event }) => event.type === type).map(({ event }) => event.agent));
  const completed = namesOf('agent_completed');
  return completed.has(null) || [...namesOf('agent_started')].every((agent) => completed.has(agent));
}

/** The end of a session that came before our own close, our own fault and our own giving up. */
function unaskedEnd(session: SessionRecord, turn: TurnRecord | null): Seen<'closed'> | null {
  const { closed, closing } = session;
  if (closed === null || cutByOurFault(session)) return null;
  if (closing !== null) return null;
  const settled = turn?.settled ?? null;
  if (turn?.gaveUp && turn.gaveUp.atMs <= closed.atMs) return null;
  return settled === null || closed.seq < settled.seq ? closed : null;
}
