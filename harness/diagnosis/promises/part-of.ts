import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';

/** One user's part of a run: their connections and turns, and what of the broken promises happened there alone. */
export type Part = { readonly run: Run; readonly ruled: readonly Ruled[] };

/** The part of this persona, none for `null`; probes and the whole timeline stay at hand, for they may explain it. */
export function partOf(run: Run, ruled: readonly Ruled[], persona: string | null): Part {
  const users = run.users.filter((user) => user.persona === persona);
  const seqs = new Set(users.flatMap(({ observations }) => observations.map(({ seq }) => seq)));
  const about = ruled.flatMap(({ rule, ruling }): readonly Ruled[] => {
    if (ruling.outcome !== 'fail') return [];
    const [first, ...rest] = ruling.violations.filter(({ at }) => at.length > 0 && at.every((seq) => seqs.has(seq)));
    return first === undefined ? [] : [{ rule, ruling: { outcome: 'fail', violations: [first, ...rest] } }];
  });
  const sessions = new Set(users.map(({ session }) => session));
  return { run: { ...run, users, turns: run.turns.filter(({ session }) => sessions.has(session)) }, ruled: about };
}
