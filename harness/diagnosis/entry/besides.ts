import type { Observation } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';
import { owedTypes } from '../../timeline/turn-progress.ts';

/** Whose session a failure kept out while others got in, and how those fared: words for the end of a sentence that may name whose it is, or none. */
export function besides(run: Run, at: Observation, sentence: string): string {
  const out = run.users.find(({ session }) => session === at.session);
  const whole = new Set(run.users.filter((user) => isWhole(run, user)).map(({ persona }) => persona));
  if (out === undefined || whole.size === 0 || whole.has(out.persona)) return '';
  const others = [...whole];
  const whose = sentence.includes(out.persona) ? '' : `, for ${out.persona}`;
  return others.length === 1
    ? `${whose}; ${others[0]}'s run was delivered whole`
    : `${whose}; the runs of ${others.join(', ')} were delivered whole`;
}

function isWhole({ header }: Run, { turns }: SessionRecord): boolean {
  const owed = owedTypes(header.tools);
  return (
    turns.length > 0 &&
    turns.every(({ happenings, settled }) => {
      const came = new Set(happenings.map(({ event }) => event.type));
      return settled !== null && owed.every((type) => came.has(type));
    })
  );
}
