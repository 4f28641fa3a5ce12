import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { cannotServe } from './cannot-serve.ts';
import { CAUSES, type CauseCode } from './causes.ts';
import { causeOfTrouble } from './entry/trouble-cause.ts';
import { probesOf } from './follow-ups.ts';

/** A development login that nobody chose and that broke: `words` say how. */
export type FailedLogin = { readonly at: Seen<'probed'>; readonly cause: CauseCode; readonly words: string };

/** The development login that was there and broke: a server error, an answer that it cannot serve now, or none. Not offered, or refused, is none of it. */
export function failedLogin(run: Run, at: Observation): FailedLogin | null {
  const rungs = probesOf(run, 'rung').filter(({ rung, seq }) => rung === 'credentials' && seq < at.seq);
  const rung = rungs.findLast(({ session }) => session === at.session) ?? rungs.at(-1);
  if (rung?.facts.devLogin !== 'failed') return null;
  const { status, code } = rung.facts;
  if (typeof status === 'number' && cannotServe(status))
    return { at: rung, cause: 'auth-service-unavailable', words: `answered ${status}` };
  if (typeof code !== 'string') return null;
  const named = causeOfTrouble({ phase: 'credentials', code, message: code });
  return { at: rung, cause: CAUSES[named].domain === 'harness' ? named : 'auth-service-unavailable', words: code };
}
