import type { Observation } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';

/** How the same request fared on a fresh connection: it went through, it ended the same way, or in yet another, which words tell. */
export type Repetition = { readonly at: Observation | undefined } & (
  | { readonly fared: 'through' | 'the-same' }
  | { readonly fared: 'otherwise'; readonly words: string }
);

/** What became of the repeated request after a connection had vanished; `null` where none was made. */
export function repetitionAfter(run: Run, seq: number): Repetition | null {
  const repeat = run.sessions.findLast((session) => isRepetition(session, seq));
  if (repeat === undefined) return null;
  const turn = repeat.turns.at(-1);
  if (turn === undefined)
    return otherwise(repeat.observations.at(-1), repeat.opened === null ? 'did not open' : 'was not welcomed');
  const completions = turn.happenings.filter(({ event }) => event.type === 'agent_completed');
  const failure = completions.find(({ event }) => event.succeeded === false);
  if (failure !== undefined) return otherwise(failure.at, 'ended in a run that failed');
  const [completion] = completions;
  if (completion !== undefined) return { fared: 'through', at: completion.at };
  const { closed, closing } = repeat;
  if (closed === null || closing !== null) return otherwise(turn.settled ?? turn.asked, 'got no end');
  const vanished = closed.how === 'fin' || closed.socketCode === 'EPIPE';
  return vanished ? { fared: 'the-same', at: closed } : otherwise(closed, `ended with ${closed.code} (${closed.how})`);
}

function otherwise(at: Observation | undefined, words: string): Repetition {
  return { fared: 'otherwise', at, words };
}

/** Probes open connections of their own; only the repetition asks, and has a name for that. */
function isRepetition({ session, observations }: SessionRecord, after: number): boolean {
  return session === 'repetition' && observations.some(({ seq }) => seq > after);
}
