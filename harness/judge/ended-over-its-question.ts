import type { Run } from '../timeline/run.ts';
import type { TokenKind } from '../timeline/token-kinds.ts';
import { isAboutOther } from './about-other.ts';
import { fateOf } from './token-fate.ts';

/** Whether a token that must be refused asked, and was closed on neither served nor for any reason that is known: the question may have broken it, and the token was as good as let in. */
export function endedOverItsQuestion(run: Run, kind: TokenKind): boolean {
  const fate = fateOf(run, kind);
  if (fate.kind !== 'open' || fate.at?.kind !== 'closed' || isAboutOther(fate.at.reason)) return false;
  const end = fate.at;
  return run.sessions.some(
    ({ observations, turns }) => observations.includes(end) && turns.some(({ sent }) => sent !== null),
  );
}
