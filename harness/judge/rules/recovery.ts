import type { NonEmpty } from '../../kernel/list.ts';
import type { Stamp } from '../../protocol/event.ts';
import type { Happening, Run, TurnRecord } from '../../timeline/run.ts';
import { owedTypes } from '../../timeline/turn-progress.ts';
import { broken, doubt, eachTurn, type Finding, interrupted, kept, rulingOf } from '../finding.ts';
import { missedIn } from '../missed.ts';
import { sortedByRepeat } from '../repeats.ts';
import type { Rule, Ruling } from '../rule.ts';
import { runName } from '../run-name.ts';
import { type ToolCall, toolCalls } from '../tool-calls.ts';

/** Over both connections of a run nothing that is owed is absent. */
export const noneLost: Rule = {
  id: 'recovery/none-lost',
  statement: 'MUST deliver to a user who comes back every event that was sent while nobody was there',
  because: 'a network that was gone for a moment must not cost an answer that somebody waited for',
  judge: (run) => withRecovery(run, (turn, missed) => [...losses(run, turn), ...missed]),
};

/** Over both connections of a run nothing comes twice, unless it says that it is a retry or recovered. */
export const noneTwice: Rule = {
  id: 'recovery/none-twice',
  statement: 'MUST deliver no event of a run again after a reconnect, unless it says that it is a retry or recovered',
  because: 'a client that has a step already shows it twice, unless it is told that it may know it',
  judge: (run) => withRecovery(run, (turn, missed) => [...doubles(turn), ...missed]),
};

/** What comes after a reconnect comes in the order in which it was made. */
export const inOrder: Rule = {
  id: 'recovery/in-order',
  statement: 'MUST deliver what was missed in the order in which it was made',
  because: 'a story that is told backwards after a reconnect is not the one that happened',
  judge: (run) => withRecovery(run, (turn, missed) => [...inversions(turn), ...missed]),
};

/** What a run with a reconnect in it is judged by, beside the promises of the golden path. */
export const RECOVERIES: NonEmpty<Rule> = [noneLost, noneTwice, inOrder];

/** Nobody promises what the profile says that its servers cannot do; and without a reconnect, or with nothing missed, nothing is proved. */
function withRecovery(run: Run, look: (turn: TurnRecord, missed: readonly Finding[]) => readonly Finding[]): Ruling {
  if (run.profile.recovery === null)
    return { outcome: 'not-applicable', reason: 'the profile keeps nothing for a user without a connection' };
  return rulingOf(
    eachTurn(run, (turn) => {
      const name = runName(turn);
      if (turn.resumed.length === 0) return [doubt(`nobody came back in the middle of it (${name})`)];
      const missed = missedIn(turn).map(({ at }) => kept(at));
      const nothing = doubt(`nothing shows that anything was sent while nobody was there (${name})`);
      return look(turn, missed.length > 0 ? missed : [nothing]);
    }),
  );
}

function losses(run: Run, turn: TurnRecord): readonly Finding[] {
  const { settled, happenings, resumed } = turn;
  if (settled === null) return [interrupted(turn)];
  const came = new Set(happenings.map(({ event }) => event.type));
  const where = `neither before the connection was lost nor after (${runName(turn)})`;
  const types = owedTypes(run.header.tools).filter((type) => !came.has(type));
  const absent = types.map((type) => broken(type, `it came ${where}`, resumed[0], settled));
  const { unended, unbegun } = toolCalls(turn);
  const halves = [
    ...unended.map((one) => broken(`tool_completed of ${toolOf(one)}`, `it came ${where}`, one.at, settled)),
    ...unbegun.map((one) => broken(`tool_executing of ${toolOf(one)}`, `it came ${where}`, one.at, settled)),
  ];
  return [...absent, ...halves];
}

function doubles(turn: TurnRecord): readonly Finding[] {
  return sortedByRepeat(turn.happenings)
    .repeats.filter(({ again, declared }) => !declared && isSince(turn, again))
    .map(({ again, first }) =>
      broken(
        `${again.event.type} once, or a word of recovery`,
        `it came again unmarked (${runName(turn)})`,
        first.at,
        again.at,
      ),
    );
}

type Stamped = { readonly one: Happening; readonly stamp: Stamp };

/** By how much emitters of one run may overtake each other between the stamp and the socket. */
const OVERTAKING_MS = 20;

/** What the target's own stamps and the pairs of tool events say about the order of arrival since the reconnect. */
function inversions(turn: TurnRecord): readonly Finding[] {
  const findings: Finding[] = [];
  let newest: Stamped | null = null;
  for (const next of sortedByRepeat(turn.happenings).firsts.flatMap((one) => stampedSince(turn, one))) {
    const behindMs = newest === null ? Number.NEGATIVE_INFINITY : newest.stamp.atMs - next.stamp.atMs;
    if (newest !== null && behindMs > OVERTAKING_MS + Math.max(newest.stamp.resolutionMs, next.stamp.resolutionMs)) {
      const [earlier, later] = [next.one.event.type, newest.one.event.type];
      const actual = `${later}, stamped ${Math.round(behindMs)} ms later, came first (${runName(turn)})`;
      findings.push(broken(`${earlier} before ${later}`, actual, newest.one.at, next.one.at));
    } else if (behindMs < 0) newest = next;
  }
  for (const { begun, until } of toolCalls(turn).whole) {
    if (!endedFirst(turn, begun, until)) continue;
    const expected = `tool_executing of ${toolOf(begun)} before its end`;
    findings.push(broken(expected, `the end came first (${runName(turn)})`, until, begun.at));
  }
  return findings;
}

function toolOf({ event }: Happening): string {
  return event.tool ?? 'an unnamed tool';
}

/** One frame may hold both; then their order in it decides. */
function endedFirst({ happenings }: TurnRecord, begun: Happening, until: ToolCall['until']): boolean {
  if (until.seq !== begun.at.seq) return until.seq < begun.at.seq;
  const end = happenings.findIndex(({ at, event }) => at.seq === until.seq && event.type === 'tool_completed');
  return end >= 0 && end < happenings.indexOf(begun);
}

function stampedSince(turn: TurnRecord, one: Happening): readonly Stamped[] {
  const { stamp } = one.event;
  return stamp !== null && isSince(turn, one) ? [{ one, stamp }] : [];
}

/** Whether it came on a connection that went on with the turn. */
function isSince({ resumed }: TurnRecord, { at }: Happening): boolean {
  return resumed.some(({ seq }) => seq < at.seq);
}
