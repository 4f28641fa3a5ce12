import type { Leg } from '../../timeline/header.ts';
import type { Run, SessionRecord, TurnRecord } from '../../timeline/run.ts';
import { deliveriesOf } from '../deliveries.ts';
import {
  broken,
  doubt,
  eachListener,
  eachSession,
  eachTurn,
  everySession,
  type Finding,
  interrupted,
  kept,
  rulingOf,
} from '../finding.ts';
import type { OwnLateness } from '../own-lateness.ts';
import { paceOf, RESOLUTION_MS } from '../pace.ts';
import type { Rule, Ruling } from '../rule.ts';
import { runName } from '../run-name.ts';
import { deliverySample, type Sample, SESSION_LEGS, TURN_LEGS } from '../samples.ts';
import { withoutTools, withTools } from './tools.ts';

type JudgedLeg = Exclude<Leg, 'credentials'>;

/** What each leg measures, in words that a violation begins with. */
const MEASURES = {
  connect: 'the connection',
  welcome: 'a welcome',
  'first-event': 'the first agent event',
  gap: 'the next agent event',
  tool: 'the end of a tool call',
  total: 'the last agent_completed',
  delivery: 'delivery after the stamp',
  'open-to-first-event': 'the first agent event since the connection opened',
} as const satisfies { readonly [L in JudgedLeg]: string };

/** The connection opens in time. */
export const connect = prompt(
  'connect',
  'MUST open a connection within its max budget',
  'a chat that does not connect is down for its user',
);
/** The welcome comes in time. */
export const welcome = prompt(
  'welcome',
  'MUST welcome a connection within its max budget',
  'a client waits for the welcome before it asks',
);
/** The first agent event comes in time. */
export const firstEvent = prompt(
  'first-event',
  'MUST deliver the first agent event within its max budget',
  'until the first event a user does not know whether anybody listens',
);
/** No two agent events are too far apart. */
export const gap = prompt(
  'gap',
  'MUST leave no gap between agent events over its max budget',
  'in a long silence a user believes that the agent has died',
);
/** No tool call takes too long. */
export const tool = prompt(
  'tool',
  'MUST end every tool call within its max budget',
  'a tool that hangs holds up the answer',
);
/** The run ends in time. */
export const total = prompt(
  'total',
  'MUST complete every run within its max budget',
  'an answer that comes too late is not read',
);
/** Events are not held up on their way. */
export const delivery = prompt(
  'delivery',
  'MUST deliver every event within its max budget after it was stamped',
  'progress that arrives in one burst at the end is no progress',
);
/** The application opens and answers in time. */
export const openToFirstEvent = prompt(
  'open-to-first-event',
  'MUST deliver the first agent event within its max budget after the connection opened',
  'this is how long a user who opens the application waits for a sign of life',
);

function prompt(leg: JudgedLeg, statement: Rule['statement'], because: string): Rule {
  return { id: `promptness/${leg}`, statement, because, judge: (run) => judgeLeg(run, leg) };
}

function judgeLeg(run: Run, leg: JudgedLeg): Ruling {
  switch (leg) {
    case 'connect':
      return rulingOf(everySession(run, (session) => sessionPaces(run, leg, session)));
    case 'welcome':
      return rulingOf(eachSession(run, (session) => sessionPaces(run, leg, session)));
    case 'open-to-first-event':
      return rulingOf(eachListener(run, (session) => sessionPaces(run, leg, session)));
    case 'delivery':
      return deliveries(run);
    case 'first-event':
    case 'gap':
    case 'total':
      return rulingOf(eachTurn(run, (turn) => turnPaces(run, leg, turn)));
    case 'tool':
      return withTools(run.header.tools, () =>
        rulingOf(
          eachTurn(run, (turn) => {
            const isToolless = !turn.happenings.some(({ event }) => event.type.startsWith('tool_'));
            return isToolless ? [withoutTools(turn, run.header.tools)] : turnPaces(run, leg, turn);
          }),
        ),
      );
    default:
      leg satisfies never;
      return { outcome: 'inconclusive', reason: `leg ${leg} is not known` };
  }
}

function sessionPaces(run: Run, leg: keyof typeof SESSION_LEGS, session: SessionRecord): readonly Finding[] {
  const found = paces(run, leg, SESSION_LEGS[leg](session), `session ${session.session}`);
  return found.length > 0 ? found : [doubt(`${MEASURES[leg]} did not come on session ${session.session}`)];
}

function turnPaces(run: Run, leg: keyof typeof TURN_LEGS, turn: TurnRecord): readonly Finding[] {
  const found = paces(run, leg, TURN_LEGS[leg](turn), runName(turn));
  if (found.length > 0) return found;
  return [turn.settled === null ? interrupted(turn) : doubt(`${MEASURES[leg]} did not come (${runName(turn)})`)];
}

/** Of the connections, those whose stamps can be compared with one another. */
function deliveries(run: Run): Ruling {
  if (!run.header.stamps) return { outcome: 'not-applicable', reason: 'the profile stamps no events' };
  const opened = run.users.filter((session) => session.opened !== null);
  const isSilent = opened.every((session) => session.happenings.length === 0);
  if (isSilent) return rulingOf(eachSession(run, (session) => [doubt(`no event came on session ${session.session}`)]));
  const found = deliveriesOf(run);
  if ('unmeasured' in found) return { outcome: 'not-applicable', reason: found.unmeasured };
  return rulingOf(
    eachSession(run, (session) => {
      const samples = found.measured.get(session) ?? [];
      return paces(run, 'delivery', samples.map(deliverySample), `session ${session.session}`);
    }),
  );
}

function paces(run: Run, leg: JudgedLeg, samples: readonly Sample[], where: string): readonly Finding[] {
  const budget = run.header.budgets[leg];
  let isExcused = false;
  return samples.flatMap((sample) => {
    const pace = paceOf(run, sample, budget);
    if (pace.state === 'over') {
      const took = `${Math.round(sample.tookMs)} ms`;
      const actual = sample.isSilence
        ? `had not come after ${took} (${where})`
        : `came after ${took}, ${Math.round(pace.lateByMs)} ms late (${where})`;
      return [broken(`${MEASURES[leg]} within ${budget.maxMs} ms`, actual, sample.from, sample.until)];
    }
    if (pace.state === 'spoilt') {
      if (isExcused) return [];
      isExcused = true;
      return [doubt(excuse(leg, pace.own, where))];
    }
    if (pace.state === 'unknown') return [];
    // What a pace may come to one day is never kept unseen.
    pace.state satisfies 'within' | 'slow';
    return [kept(sample.until)];
  });
}

function excuse(leg: JudgedLeg, { stalledMs, frames, boundMs }: OwnLateness, where: string): string {
  const what = MEASURES[leg];
  if (stalledMs > 0) return `harness stalled ${Math.round(stalledMs)} ms, so ${what} proves nothing (${where})`;
  if (boundMs > RESOLUTION_MS) return `harness was busy with ${frames} frames, so ${what} proves nothing (${where})`;
  return `${what} was over its max by less than arrivals are stamped apart (${where})`;
}
