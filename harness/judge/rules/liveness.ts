import { EVENT_TYPES } from '../../protocol/event.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';
import { broken, doubt, eachSession, type Finding, kept, rulingOf } from '../finding.ts';
import { ownLateness } from '../own-lateness.ts';
import type { Rule } from '../rule.ts';

/** Our ping on each connection is answered. */
export const answersPings: Rule = {
  id: 'liveness/answers-pings',
  statement: 'MUST answer a ping on every connection',
  because: 'a connection whose pings go unanswered is dead while both sides think that it lives',
  judge: (run) => rulingOf(eachSession(run, (session) => [pong(run, session, run.header.budgets.connect.maxMs)])),
};

/** An earlier pong stands for one that we did not wait for as long as this; a pong needs one way there and back, however long a connection may take. */
const LEAST_WAIT_MS = 1000;

function pong(run: Run, session: SessionRecord, patienceMs: number): Finding {
  const name = session.session;
  const asked = session.observations.findLast((seen) => seen.kind === 'pinged');
  if (!asked) return doubt(`no ping was sent on session ${name}`);
  const answered = session.observations.find((seen) => seen.kind === 'ponged' && seen.seq > asked.seq);
  if (answered) return kept(answered);
  const earlier = session.observations.findLast((seen) => seen.kind === 'ponged');
  const { closed, closing } = session;
  const takenAway = closed !== null && closing === null && closed.how !== 'timeout';
  const end = closing ?? closed ?? session.observations.at(-1) ?? asked;
  const waitedMs = Math.round(end.atMs - asked.atMs);
  const own = ownLateness(run, asked.atMs, end.atMs);
  // While this process was stopped it waited for nothing, and whoever took the connection away may have done so for that.
  const awakeMs = own.stalledMs === 0 ? waitedMs : waitedMs - own.boundMs;
  const last = takenAway && closed.how !== 'reset' ? lastOfAnswer(session, asked) : null;
  if (last !== null) return kept(last);
  if (takenAway && awakeMs <= patienceMs)
    return earlier ? kept(earlier) : doubt(`session ${name} was closed before a pong could come`);
  const isCutShort = closing === null && closed === null && awakeMs <= patienceMs;
  if (isCutShort) return earlier ? kept(earlier) : doubt(`session ${name} was interrupted before a pong could come`);
  if (earlier && closing !== null && awakeMs < LEAST_WAIT_MS) return kept(earlier);
  if (own.stalledMs > 0 && awakeMs <= Math.min(patienceMs, LEAST_WAIT_MS))
    return doubt(`harness stalled ${Math.round(own.stalledMs)} ms, so no pong on session ${name} proves nothing`);
  const actual = `none came within ${waitedMs} ms`;
  return broken(`a pong on session ${name}`, actual, asked, end);
}

/** An answer that came whole after our ping, before the target closed in order, shows as well as a pong that it lived. */
function lastOfAnswer({ turns }: SessionRecord, asked: Observation): Observation | null {
  const answer = turns.at(-1)?.happenings.filter(({ at }) => at.seq > asked.seq) ?? [];
  const came = new Set(answer.map(({ event }) => event.type));
  return came.size === EVENT_TYPES.length ? (answer.at(-1)?.at ?? null) : null;
}
