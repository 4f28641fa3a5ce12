import type { SessionRecord, TurnRecord } from '../../timeline/run.ts';
import { type Spoken, spokenIn } from './spoken.ts';

/** What a target says of its platform: that it goes away, or that it lost a connection. */
export type Notice = Spoken<'shutdown'> | Spoken<'error'>;

/**
 * The notice that was given on this connection before we gave up on it; `turn`: on this question. A restart once announced
 * stands until the connection ends; a loss is over with the question in which it was told.
 */
export function noticeOn({ frames, observations, turns }: SessionRecord, turn: TurnRecord | null): Notice | null {
  const over = turn === null ? observations.find(({ kind }) => kind === 'gave-up') : (turn.gaveUp ?? turn.settled);
  const until = over?.seq ?? Number.POSITIVE_INFINITY;
  const before = turn === null ? undefined : turns[turns.indexOf(turn) - 1];
  const since = before?.settled?.seq ?? -1;
  // What came on a later connection of the same question is in the question alone.
  const heard = [...frames, ...(turn?.frames ?? [])].filter(({ at }) => at.seq < until);
  const [restart] = spokenIn(heard, 'shutdown');
  const lost = spokenIn(heard, 'error').find(({ at, word }) => word.topic === 'platform' && at.seq > since);
  return restart ?? lost ?? null;
}
