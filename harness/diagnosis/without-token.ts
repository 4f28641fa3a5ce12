import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { CAUSES, type CauseCode } from './causes.ts';
import type { Diagnosis, Rival } from './diagnosis.ts';
import { causeOfTrouble } from './entry/trouble-cause.ts';
import { diagnosisOf, evidenceOf, type Finding } from './finding.ts';
import { probesOf } from './follow-ups.ts';

/** What gives us a token to show. */
export const SETTINGS = 'set JWT_SECRET_KEY, AGENT_EVENTS_TOKEN or AGENT_EVENTS_AUTH_MODE';

/** What else a refusal may be about where we had no token to show. */
export const NO_TOKEN: Rival = {
  cause: 'credentials-refused',
  check: `does the same upgrade go through with a token? none was sent: ${SETTINGS}`,
};

/** The target wants a token and we had none: ours to set, unless the login that had to give one is broken. */
export function refusedWithoutToken(run: Run, at: Observation, finding: Omit<Finding, 'cause' | 'domain'>): Diagnosis {
  const login = failedLogin(run, at);
  if (login === null)
    return diagnosisOf({
      ...finding,
      cause: 'credentials-refused',
      domain: 'harness',
      hint: `no token was sent: ${SETTINGS}`,
    });
  const [first, ...rest] = finding.evidence;
  return diagnosisOf({
    ...finding,
    cause: login.cause,
    confidence: 'likely',
    rivals: [NO_TOKEN],
    summary: `${finding.summary}; no token was sent, for the development login failed (${login.words})`,
    evidence: evidenceOf(first, ...rest, login.at),
  });
}

/** Answers of a login that is there and cannot serve just now. */
const NOT_NOW: ReadonlySet<unknown> = new Set([408, 429]);

type FailedLogin = { readonly at: Seen<'probed'>; readonly cause: CauseCode; readonly words: string };

/** The development login that was there and broke: a server error, an answer that it cannot serve now, or none. Not offered, or refused, is none of it. */
function failedLogin(run: Run, at: Observation): FailedLogin | null {
  const rungs = probesOf(run, 'rung').filter(({ rung, seq }) => rung === 'credentials' && seq < at.seq);
  const rung = rungs.findLast(({ session }) => session === at.session) ?? rungs.at(-1);
  if (rung?.facts.devLogin !== 'failed') return null;
  const { status, code } = rung.facts;
  if (Number(status) >= 500 || NOT_NOW.has(status))
    return { at: rung, cause: 'auth-service-unavailable', words: `answered ${status}` };
  if (typeof code !== 'string') return null;
  const named = causeOfTrouble({ phase: 'credentials', code, message: code });
  return { at: rung, cause: CAUSES[named].domain === 'harness' ? named : 'auth-service-unavailable', words: code };
}
