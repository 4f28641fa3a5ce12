import type { Meaning } from '../../protocol/profile.ts';
import type { SessionRecord } from '../../timeline/run.ts';
import { broken, doubt, everySession, type Finding, kept, rulingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** A welcome, in any documented form, before the first agent event. */
export const welcomed: Rule = {
  id: 'admission/welcomed',
  statement: 'MUST welcome every connection before its first agent event',
  because: 'a client that asks before it is welcomed may lose its question, and queued messages come after the welcome',
  judge: (run) => rulingOf(everySession(run, welcomeOf)),
};

function welcomeOf(session: SessionRecord): readonly Finding[] {
  const { welcomed, session: name } = session;
  const early = session.happenings.find(({ event }) => event.origin === 'server')?.at;
  if (welcomed !== null && isBeforeEvents(session, welcomed.meaning)) return [kept(welcomed.at)];

  const expected = `a welcome on session ${name} before the first agent event`;
  if (early) {
    const actual = welcomed === null ? 'agent events came without one' : 'the first agent event came before it';
    return [broken(expected, actual, early, welcomed?.at)];
  }
  const end =
    session.closed ?? session.observations.findLast((seen) => seen.kind === 'gave-up' || seen.kind === 'settled');
  if (!end) return [doubt(`session ${name} was interrupted before a welcome`)];
  const waitedMs = Math.round(end.atMs - (session.opened ?? end).atMs);
  const socket = end.kind === 'closed' ? 'closed' : 'open';
  return [broken(expected, `never came within ${waitedMs} ms, socket ${socket}`, session.opened, end)];
}

/** In order of meanings and not of frames, for one frame may hold both. */
function isBeforeEvents({ frames }: SessionRecord, welcome: Meaning): boolean {
  const isEither = (one: Meaning): boolean => one === welcome || one.kind === 'event';
  return frames.find(({ meanings }) => meanings.some(isEither))?.meanings.find(isEither) === welcome;
}
