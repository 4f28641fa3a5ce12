import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';

/** How the tries before the last of one dial were refused, in the order of time; nothing where each ended like the last. */
export function earlierStatuses(run: Run, at: Observation): readonly number[] {
  const tries = run.observations
    .filter((seen): seen is Seen<'refused'> => seen.kind === 'refused')
    .filter(({ session, seq }) => session === at.session && seq <= at.seq);
  const last = tries.at(-1);
  if (last === undefined) return [];
  const first = tries.findLastIndex(({ attempt }) => attempt === 1);
  const before = tries.slice(Math.max(first, 0), -1).map(({ answer }) => answer.status);
  return before.every((status) => status === last.answer.status) ? [] : before;
}
