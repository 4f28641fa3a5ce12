import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';

/** How the same request fared on a fresh connection: it went through, it ended the same way, or in yet another. */
export type Repetition = { readonly fared: 'through' | 'the-same' | 'otherwise'; readonly at: Observation };

/** What became of the repeated request after a connection had vanished; `null` where none was made. */
export function repetitionAfter(run: Run, seq: number): Repetition | null {
  const repeats = run.sessions.filter(
    ({ role, turns }) => role === 'probe' && turns.some(({ asked }) => asked.seq > seq),
  );
  const repeat = repeats.at(-1);
  const turn = repeat?.turns.at(-1);
  if (repeat === undefined || turn === undefined) return null;
  const completion = turn.happenings.find(({ event }) => event.type === 'agent_completed');
  if (completion !== undefined) return { fared: 'through', at: completion.at };
  const { closed } = repeat;
  if (closed === null) return { fared: 'otherwise', at: turn.settled ?? turn.asked };
  return { fared: closed.how === 'fin' ? 'the-same' : 'otherwise', at: closed };
}
