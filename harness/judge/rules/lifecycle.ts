import { EVENT_TYPES, type EventType } from '../../protocol/event.ts';
import type { Meaning } from '../../protocol/profile.ts';
import { AgentLedger } from '../../timeline/agent-ledger.ts';
import type { ToolPolicy } from '../../timeline/header.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Happening, Run, SessionRecord, TurnRecord } from '../../timeline/run.ts';
import { isArrival } from '../../timeline/traffic.ts';
import { owedTypes, QUIET_MS } from '../../timeline/turn-progress.ts';
import { failsRun } from '../fails-run.ts';
import { broken, doubt, eachTurn, type Finding, interrupted, kept, rulingOf } from '../finding.ts';
import { sortedByRepeat } from '../repeats.ts';
import type { Rule } from '../rule.ts';
import { runName } from '../run-name.ts';

/** Each of the five events that the scenario obliges. */
export const allFive: Rule = {
  id: 'lifecycle/all-five',
  statement: 'MUST deliver all five agent events of every run',
  because: 'each missing event leaves the user in front of a chat that looks dead',
  judge: (run) =>
    rulingOf(eachTurn(run, (turn, session) => typesThatCame(turn, lastOf(run, turn, session), run.header.tools))),
};

/** The connection on which a turn came to its end. */
function lastOf(run: Run, { turn }: TurnRecord, asking: SessionRecord): SessionRecord {
  return run.users.findLast(({ persona, resumed }) => persona === asking.persona && resumed?.turn === turn) ?? asking;
}

function typesThatCame(turn: TurnRecord, session: SessionRecord, tools: ToolPolicy): readonly Finding[] {
  const came = firstOccurrences(turn);
  const owed = new Set(owedTypes(tools));
  if (tools === 'optional' && (came.has('tool_executing') || came.has('tool_completed')))
    for (const type of EVENT_TYPES) owed.add(type);
  const missing = [...owed].filter((type) => !came.has(type));
  if (missing.length === 0) return [...came.values()].map(({ at }) => kept(at));
  const { settled } = turn;
  if (settled === null) return [interrupted(turn)];
  const waitedMs = Math.round((turn.gaveUp ?? settled).atMs - turn.asked.intendedAtMs);
  const isClosed = settled.because === 'closed' || (session.closed !== null && session.closed.seq < settled.seq);
  const actual = `never came (${runName(turn)}) within ${waitedMs} ms, socket ${isClosed ? 'closed' : 'open'}`;
  return missing.map((type) => broken(type, actual, turn.asked, settled));
}

/** Nothing of a run before its agent_started. */
export const startedFirst: Rule = {
  id: 'lifecycle/started-first',
  statement: 'MUST begin every run with agent_started',
  because: 'a client opens its progress view at agent_started and drops what comes before it',
  judge: (run) => rulingOf(eachTurn(run, (turn) => [beginning(turn)])),
};

function beginning(turn: TurnRecord): Finding {
  const [first] = turn.happenings;
  const started = firstOccurrences(turn).get('agent_started');
  if (!first || !started) return doubt(`agent_started did not come (${runName(turn)})`);
  if (first.event.type === 'agent_started') return kept(first.at);
  return broken('agent_started first', `${first.event.type} came before it (${runName(turn)})`, first.at, started.at);
}

/** The first occurrences of the five in their order. */
export const inOrder: Rule = {
  id: 'lifecycle/in-order',
  statement: 'MUST deliver the first of each agent event in the order of the five',
  because: 'a user reads the events as a story: thought, then tool, then result, then answer',
  judge: (run) => rulingOf(eachTurn(run, order)),
};

function order(turn: TurnRecord): readonly Finding[] {
  const firsts = firstOccurrences(turn);
  const completion = completionOf(turn);
  const came = EVENT_TYPES.flatMap((type) => (type === 'agent_completed' ? completion : firsts.get(type)) ?? []);
  if (came.length < 2) return [doubt(`fewer than two types of agent events came (${runName(turn)})`)];
  const place = new Map(turn.happenings.map((happening, at) => [happening, at]));
  return came.map((happening, index) => {
    const before = came[index - 1];
    if (!before || (place.get(before) ?? 0) < (place.get(happening) ?? 0)) return kept(happening.at);
    const [earlier, later] = [before.event.type, happening.event.type];
    return broken(`${earlier} before ${later}`, `${later} came first (${runName(turn)})`, happening.at, before.at);
  });
}

/** The completion that ends a run: the first that leaves no agent open and no agent starts after, else the last. */
function completionOf(turn: TurnRecord): Happening | null {
  const agents = new AgentLedger();
  let candidate: Happening | null = null;
  let last: Happening | null = null;
  for (const happening of turn.happenings) {
    const { type, agent } = happening.event;
    if (type === 'agent_started') {
      agents.start(agent);
      candidate = null;
    }
    if (type !== 'agent_completed') continue;
    agents.complete(agent);
    last = happening;
    if (agents.allDone) candidate ??= happening;
  }
  return candidate ?? last;
}

/** Nothing of a run after its last agent_completed. */
export const completedLast: Rule = {
  id: 'lifecycle/completed-last',
  statement: 'MUST end every run with agent_completed',
  because:
    'a client closes its progress view at agent_completed and shows what comes later nowhere, or under the next answer',
  judge: (run) => rulingOf(eachTurn(run, (turn, session) => ending(turn, lastOf(run, turn, session)))),
};

function ending(turn: TurnRecord, session: SessionRecord): readonly Finding[] {
  const last = turn.happenings.findLastIndex(({ event }) => event.type === 'agent_completed');
  const completed = turn.happenings[last];
  if (!completed) return [doubt(`agent_completed did not come (${runName(turn)})`)];
  const { repeats } = sortedByRepeat(turn.happenings);
  const declared = new Set(repeats.filter((one) => one.declared).map((one) => one.again));
  const closingSeq = session.closing?.seq ?? Number.POSITIVE_INFINITY;
  const after = turn.happenings
    .slice(last + 1)
    .filter((happening) => !declared.has(happening) && happening.at.seq < closingSeq);
  if (after.length === 0) return [watched(completed.at, turn, session)];
  return after.map(({ at, event }) =>
    broken('nothing after agent_completed', `${event.type} came after it (${runName(turn)})`, completed.at, at),
  );
}

/**
 * What shows that the connection was watched after an agent_completed: what came on it, a pong above all, for whatever the
 * target had sent before it would have come before it; or a second. A recording without a ping after it is taken at its word.
 */
function watched(completed: Observation, turn: TurnRecord, session: SessionRecord): Finding {
  const end = session.closing?.seq ?? Number.POSITIVE_INFINITY;
  const isLater = ({ seq }: Observation) => seq > completed.seq && seq <= end;
  const sign = session.observations.findLast(
    (seen) => isLater(seen) && (isTheirs(seen) || isResetOf(turn, seen) || seen.atMs - completed.atMs >= QUIET_MS),
  );
  if (sign) return kept(sign);
  return session.observations.some((seen) => seen.kind === 'pinged' && isLater(seen))
    ? doubt(`nothing shows that session ${turn.session} was watched after agent_completed (${runName(turn)})`)
    : kept(completed);
}

/** Something that the target sent, an end in order included. */
function isTheirs(seen: Observation): boolean {
  return isArrival(seen) || (seen.kind === 'closed' && (seen.how === 'frame' || seen.how === 'fin'));
}

/** A reset after every agent had completed: the answer was whole, and nothing of it can come any more. */
function isResetOf({ happenings }: TurnRecord, seen: Observation): boolean {
  if (seen.kind !== 'closed' || seen.how !== 'reset') return false;
  const agents = new AgentLedger();
  for (const { event } of happenings) {
    if (event.type === 'agent_started') agents.start(event.agent);
    if (event.type === 'agent_completed') agents.complete(event.agent);
  }
  return agents.allDone;
}

/** The agent itself completes, and says that it went well. */
export const completedSuccessfully: Rule = {
  id: 'lifecycle/completed-successfully',
  statement: 'MUST complete every run successfully, by the agent itself',
  because:
    'agent_completed is also sent for failures and time-outs, and a fallback can answer in the place of an agent',
  judge: (run) => rulingOf(eachTurn(run, (turn, session) => success(turn, lastOf(run, turn, session)))),
};

function success(turn: TurnRecord, session: SessionRecord): readonly Finding[] {
  const completions = turn.happenings.filter(({ event }) => event.type === 'agent_completed');
  const last = completions.at(-1);
  const expected = 'an agent_completed that says success';
  const findings = completions.map(({ at, event }) => {
    if (event.succeeded !== false) return kept(at);
    return broken(expected, `agent_completed says ${failureOf(event)} (${runName(turn)})`, at);
  });
  for (const { at, meanings } of turn.frames) {
    for (const meaning of meanings) {
      if (meaning.kind === 'fallback') {
        findings.push(broken('an answer by the agent', `${meaning.type} answered in its place (${runName(turn)})`, at));
      } else if (meaning.kind === 'run-failed' && (last === undefined || failsRun(meaning, at, turn, last, session))) {
        findings.push(broken(expected, `${meaning.type}: ${meaning.message} (${runName(turn)})`, at));
      } else if (completions.length === 0 && isRunError(meaning) && !(turn.gaveUp && at.seq > turn.gaveUp.seq)) {
        findings.push(broken(expected, `error ${meaning.code ?? 'without a code'}: ${meaning.message}`, at));
      }
    }
  }
  return findings.length > 0 ? findings : [doubt(`agent_completed did not come (${runName(turn)})`)];
}

/** The field that says that the run failed. */
function failureOf({ status, body }: Happening['event']): string {
  if (status !== null) return `"${status}"`;
  return `success: ${JSON.stringify(body.success)}`;
}

/** After we gave up, a complaint may be about the pings by which we ask whether anybody lives. */
function isRunError(meaning: Meaning): meaning is Extract<Meaning, { kind: 'error' }> {
  return meaning.kind === 'error' && meaning.topic === 'run';
}

function firstOccurrences(turn: TurnRecord): Map<EventType, Happening> {
  const firsts = new Map<EventType, Happening>();
  for (const happening of turn.happenings) {
    if (!firsts.has(happening.event.type)) firsts.set(happening.event.type, happening);
  }
  return firsts;
}
