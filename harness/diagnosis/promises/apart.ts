import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { standingOf } from '../stream/standing.ts';
import { brokenPromises } from './broken-promises.ts';

/** What no trouble of another connection can do to a run that came to its end. */
const CONTENT: ReadonlySet<CauseCode> = new Set([
  'event-missing',
  'event-out-of-order',
  'event-duplicated',
  'tool-unpaired',
  'run-failed',
  'foreign-run',
  'payload-invalid',
  'message-invalid',
]);

/**
 * A promise that the application broke to a user whose run came to its end, while the trouble that was found is another
 * user's: the one does not explain the other, and a broken promise outranks a blocked way. `null` where there is none.
 */
export function brokenApart(run: Run, ruled: readonly Ruled[], trouble: Diagnosis): Diagnosis | null {
  if (trouble.domain === 'application') return null;
  const troubled = new Set(trouble.evidence.map(({ session }) => session));
  const apart = run.users.filter(
    (user) => user.turns.length > 0 && !troubled.has(user.session) && standingOf(user) === null,
  );
  const seqs = new Set(apart.flatMap(({ observations }) => observations.map(({ seq }) => seq)));
  const about = ruled.flatMap(({ rule, ruling }): readonly Ruled[] => {
    if (ruling.outcome !== 'fail') return [];
    const [first, ...rest] = ruling.violations.filter(({ at }) => at.length > 0 && at.every((seq) => seqs.has(seq)));
    return first === undefined ? [] : [{ rule, ruling: { outcome: 'fail', violations: [first, ...rest] } }];
  });
  const found = brokenPromises({ ...run, turns: apart.flatMap(({ turns }) => turns) }, about);
  return found !== null && CONTENT.has(found.cause) ? found : null;
}
