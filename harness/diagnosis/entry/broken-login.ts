import type { Run } from '../../timeline/run.ts';
import { answeredBy } from '../answered-by.ts';
import { failedLogin } from '../failed-login.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { probesOf } from '../follow-ups.ts';
import { bare } from '../place.ts';

/** A run that kept every promise without a token, because the login that had to give one was broken: that users can sign in is not proven. */
export const brokenLogin: Family = (run) => {
  const last = run.observations.at(-1);
  const login = last === undefined ? null : failedLogin(run, last);
  if (login === null || (login.at.answer === null && !speaksHttp(run))) return null;
  const { cause, at, words } = login;
  return diagnosisOf({
    cause,
    phase: 'credentials',
    answeredBy: at.answer === null ? 'none' : answeredBy(at.answer),
    confidence: at.answer === null ? 'likely' : 'certain',
    rivals: at.answer === null ? [NO_LOGIN] : [],
    summary: `the development login at ${bare(run.header.target.authUrl)} failed (${words}); without a token the target let everybody in, so it is not proven that users can sign in`,
    evidence: evidenceOf(at),
  });
};

const NO_LOGIN = {
  cause: 'config-invalid',
  check: 'has this target a login at all? if not, say so: AGENT_EVENTS_AUTH_MODE=none',
} as const;

/** Something answers over HTTP there: a login that does not is broken, and not absent with all the rest. */
function speaksHttp(run: Run): boolean {
  return probesOf(run, 'rung').some(({ rung, answer }) => rung === 'health' && answer !== null);
}
