import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';

/** How the tries before the last of one dial were refused, in the order of time; nothing where each ended like the last. */
export function earlierStatuses(run: Run, at: Observation): readonly number[] {
  const tries = run.observations
    .filter((seen): seen is Seen<'refused'> => seen.kind === 'refused')
    .filter(({ session }) => session === at.session);
  const first = tries.findLastIndex(({ attempt }) => attempt === 1);
  const statuses = tries.slice(Math.max(first, 0)).map(({ answer }) => answer.status);
  return new Set(statuses).size > 1 ? statuses.slice(0, -1) : [];
}
