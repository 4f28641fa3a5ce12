import { runName } from '../../judge/run-name.ts';
import { EVENT_TYPES, type EventType } from '../../protocol/event.ts';
import type { Run, TurnRecord } from '../../timeline/run.ts';
import { owedTypes } from '../../timeline/turn-progress.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { type Notice, noticeOn } from '../stream/notice.ts';
import { noticed } from '../stream/noticed.ts';
import { whetherHeard } from './whether-heard.ts';

const NO_TOOL: Rival = {
  cause: 'no-tool-chosen',
  check: 'does the answer need a tool at all? ask with a prompt that obliges one, or declare --tools optional',
};

const STALLED: Rival = {
  cause: 'run-stalled',
  check: 'does the same request come to its end while the connection stays (--scenario golden-path)?',
};

/** Why a run's events are not all there: none came, they stopped before the end, or single types are absent; the gravest turn speaks. */
export function missingEvents(run: Run): Diagnosis | null {
  const all = run.turns.map((turn) => ofTurn(run, turn)).filter((diagnosis) => diagnosis !== null);
  const gravest = (cause: string) => all.find((diagnosis) => diagnosis.cause === cause);
  return gravest('run-silent') ?? gravest('run-stalled') ?? all[0] ?? null;
}

function ofTurn(run: Run, turn: TurnRecord): Diagnosis | null {
  const { settled, happenings } = turn;
  if (settled === null) return null;
  const came = new Set(happenings.map(({ event }) => event.type));
  const missing = owed(run, came).filter((type) => !came.has(type));
  const [first] = missing;
  return first === undefined
    ? null
    : noticed(found(run, { turn, settled, came, missing }), noticeBefore(run, turn, first));
}

/** What the target said of its platform before an event of this type was missing, for nothing that is said later can be why. */
function noticeBefore(run: Run, turn: TurnRecord, type: EventType): Notice | null {
  const session = run.users.find(({ turns }) => turns.includes(turn));
  const notice = session === undefined ? null : noticeOn(session, turn);
  const { happenings } = turn;
  if (notice === null || !happenings.some(({ event }) => event.type === 'agent_completed')) return notice;
  const next = EVENT_TYPES.slice(EVENT_TYPES.indexOf(type) + 1);
  return happenings.some(({ at, event }) => at.seq < notice.at.seq && next.includes(event.type)) ? null : notice;
}

type Lacking = {
  readonly turn: TurnRecord;
  readonly settled: NonNullable<TurnRecord['settled']>;
  readonly came: ReadonlySet<EventType>;
  readonly missing: readonly EventType[];
};

function found(run: Run, { turn, settled, came, missing }: Lacking): Diagnosis {
  const { asked, happenings, gaveUp } = turn;
  const name = runName(turn);
  const last = happenings.at(-1);
  const endedAtMs = (gaveUp ?? settled).atMs;
  const waitedMs = Math.round(endedAtMs - asked.intendedAtMs);
  const seen = {
    phase: 'stream',
    answeredBy: 'app',
    evidence: evidenceOf(turn.sent ?? asked, last?.at, gaveUp, settled),
  } as const;
  if (turn.resumed.length > 0 && !came.has('agent_completed')) {
    const summary = `${missing.join(' and ')} never came (${name}), neither before the connection was lost nor after it came back`;
    return diagnosisOf({ ...seen, cause: 'event-missing', summary, confidence: 'likely', rivals: [STALLED] });
  }
  if (last === undefined) {
    const acked = turn.frames.some(({ meanings }) => meanings.some(({ kind }) => kind === 'ack'));
    const words = acked ? '; the request was acknowledged, which is no event' : '';
    return silent(run, turn, {
      ...seen,
      cause: 'run-silent',
      summary: `not one agent event came (${name}) within ${waitedMs} ms${words}`,
    });
  }
  if (!came.has('agent_completed')) {
    const quietMs = Math.round(endedAtMs - last.at.atMs);
    const then = settled.because === 'closed' ? 'then the connection ended' : 'and the socket stayed open';
    const others = turn.frames.filter(({ at }) => at.seq > last.at.seq && at.seq < (gaveUp ?? settled).seq).length;
    const what = others === 0 ? 'nothing came' : `no event came, though ${messages(others)} did,`;
    const summary = `${name} stopped after ${last.event.type}: ${what} for ${quietMs} ms, ${then}`;
    return silent(run, turn, { ...seen, cause: 'run-stalled', summary });
  }
  const summary = `${missing.join(' and ')} never came (${name}) within ${waitedMs} ms`;
  return diagnosisOf(
    noToolsAtAll(missing) && succeeded(turn)
      ? { ...seen, cause: 'event-missing', summary, confidence: 'ambiguous', rivals: [NO_TOOL] }
      : { ...seen, cause: 'event-missing', summary },
  );
}

function messages(count: number): string {
  return count === 1 ? 'another message' : `${count} other messages`;
}

/** Silence with what is known of the connection's life since. */
function silent(run: Run, turn: TurnRecord, finding: Finding): Diagnosis {
  const { words, next, evidence, ...standing } = whetherHeard(run, turn.asked.session, turn.asked.seq);
  const { hint } = CAUSES[finding.cause];
  return diagnosisOf({
    ...finding,
    ...standing,
    summary: `${finding.summary}${words}`,
    hint: next === null ? hint : `${next}; ${hint}`,
    evidence: evidenceOf(...finding.evidence, ...evidence),
  });
}

/** Where tools are optional, a run that uses one owes both of its events. */
function owed(run: Run, came: ReadonlySet<EventType>): readonly EventType[] {
  const usesTools = came.has('tool_executing') || came.has('tool_completed');
  return run.header.tools === 'optional' && usesTools ? EVENT_TYPES : owedTypes(run.header.tools);
}

function noToolsAtAll(missing: readonly EventType[]): boolean {
  return missing.length === 2 && missing.includes('tool_executing') && missing.includes('tool_completed');
}

function succeeded({ happenings }: TurnRecord): boolean {
  return happenings.every(({ event }) => event.succeeded !== false);
}
