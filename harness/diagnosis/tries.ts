import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** How often a user or the ladder had to dial, at most, for one connection or one rung; and whether any of them got on only after a failed try. */
export function triesOf(run: Run): { readonly attempts: number; readonly failedFirst: boolean } {
  const sessions = run.sessions.filter(({ role }) => role !== 'probe');
  const attempts = sessions.map(({ observations }) =>
    observations.reduce((most, seen) => Math.max(most, attemptOf(seen)), 0),
  );
  return { attempts: Math.max(1, ...attempts), failedFirst: failedTries(run).length > 0 };
}

/** The tries that failed and that a later one of the same session made good, in the order of time. */
export function failedTries(run: Run): readonly Observation[] {
  const sessions = run.sessions.filter(({ role }) => role !== 'probe');
  return sessions
    .flatMap(({ opened, observations }) =>
      observations.filter((seen) => {
        if (seen.kind === 'refused' || seen.kind === 'failed' || seen.kind === 'closed')
          return opened !== null && seen.seq < opened.seq;
        return isRung(seen) && !seen.ok && observations.some((later) => isRung(later) && isRedialled(seen, later));
      }),
    )
    .sort((a, b) => a.seq - b.seq);
}

function attemptOf(seen: Observation): number {
  if (seen.kind === 'dialled') return seen.attempt;
  return isRung(seen) && typeof seen.facts.attempts === 'number' ? seen.facts.attempts : 0;
}

function isRung(seen: Observation): seen is Seen<'probed'> {
  return seen.kind === 'probed' && seen.probe === 'rung';
}

function isRedialled(failed: Seen<'probed'>, later: Seen<'probed'>): boolean {
  return later.ok && later.rung === failed.rung && later.seq > failed.seq && attemptOf(later) > 1;
}
