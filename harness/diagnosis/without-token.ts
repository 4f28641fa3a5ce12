import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { Diagnosis, Rival } from './diagnosis.ts';
import { failedLogin } from './failed-login.ts';
import { diagnosisOf, evidenceOf, type Finding } from './finding.ts';

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
