import type { Run } from '../timeline/run.ts';

/** How often a user or the ladder had to dial, at most, for one connection; and whether any of them got in only after a failed try. */
export function triesOf(run: Run): { readonly attempts: number; readonly failedFirst: boolean } {
  const sessions = run.sessions.filter(({ role }) => role !== 'probe');
  const attempts = sessions.map(({ observations }) =>
    observations.reduce(
      (most, seen) => (seen.kind === 'dialled' || seen.kind === 'opened' ? Math.max(most, seen.attempt) : most),
      0,
    ),
  );
  const failedFirst = sessions.some(
    ({ opened, observations }) =>
      opened !== null &&
      observations.some(({ kind, seq }) => (kind === 'refused' || kind === 'failed') && seq < opened.seq),
  );
  return { attempts: Math.max(1, ...attempts), failedFirst };
}
