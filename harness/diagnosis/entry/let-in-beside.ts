import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { tokenInUse } from '../token-in-use.ts';

/** Another user whom the same path let in with a token of their own; `null` where there is none, or all travel with one token. */
export function letInBeside(run: Run, at: Observation): string | null {
  const subject = tokenInUse(run, at)?.subject;
  const other = run.users.find(
    ({ welcomed }) => welcomed !== null && (tokenInUse(run, welcomed.at)?.subject ?? subject) !== subject,
  );
  return other?.persona ?? null;
}
