import { saysAuth } from '../../protocol/wording.ts';
import type { Answer, Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { isHtml, isJson } from '../answered-by.ts';
import { credentialsRefused, isInvalidByOwnClock, skewOf } from '../credentials-refused.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp, wasLetIn } from '../follow-ups.ts';
import { tokenInUse } from '../token-in-use.ts';
import { NO_TOKEN } from '../without-token.ts';
import { isAnsweredAlike } from './answered-alike.ts';
import { refusedOrigin } from './refused-origin.ts';

type Tie = 'certain' | 'likely' | 'none';

const OUR_TOKEN: Rival = {
  cause: 'credentials-refused',
  check: 'does the same upgrade without a token, or with a fresh one, get another answer?',
};
const NOT_THE_TOKEN: Rival = {
  cause: 'upgrade-refused',
  check: 'is a token that is known to be good let in? then see which rule in front of the path refuses this client',
};
const WRONG_PATH: Rival = {
  cause: 'upgrade-not-found',
  check: 'is this the socket path of the environment? an unknown path is answered the same',
};

/**
 * Whether a 401 or 403 at the upgrade is about our token, by what the probes of the same path and of a bogus one were
 * told; where we had none to show, a 401 is about just that.
 */
export function refusedToken(
  run: Run,
  at: Observation,
  answer: Answer,
  seen: Pick<Finding, 'phase' | 'answeredBy' | 'summary' | 'evidence'>,
): Diagnosis {
  const evidence = evidenceOf(at, followUp(run, 'without-token'), followUp(run, 'bogus-path'));
  const hadToken = tokenInUse(run, at) !== null;
  const tokenless = followUp(run, 'without-token');
  // With our Origin and without the token nobody would be let in whose Origin is refused.
  const origin =
    tokenless !== null && wasLetIn(tokenless) ? null : refusedOrigin(run, at, { ...seen, evidence }, false);
  if (origin !== null) return origin;
  if (isInvalidByOwnClock(run, at, answer)) return credentialsRefused(run, at, { ...seen, evidence });
  const tie = tieOf(run, answer, hadToken);
  const skew = tie === 'none' ? null : skewOf(run, at, answer.headers.date);
  if (skew !== null) return diagnosisOf({ ...seen, ...skew, evidence });
  if (tie !== 'none') {
    const rivals = isAnsweredAlike(run, answer, hadToken) ? [NOT_THE_TOKEN, WRONG_PATH] : [NOT_THE_TOKEN];
    return credentialsRefused(run, at, { ...seen, evidence, confidence: tie, rivals: tie === 'likely' ? rivals : [] });
  }
  const aboutToken = hadToken ? OUR_TOKEN : NO_TOKEN;
  if (isHtml(answer)) {
    const hint =
      'a page for people answered, not the application: see which firewall rule, IAM policy or proxy refuses the upgrade';
    return diagnosisOf({
      ...seen,
      evidence,
      cause: 'upgrade-refused',
      confidence: 'likely',
      rivals: [aboutToken],
      hint,
    });
  }
  return diagnosisOf({
    ...seen,
    evidence,
    cause: 'upgrade-refused',
    confidence: 'ambiguous',
    rivals: [aboutToken, WRONG_PATH],
  });
}

function tieOf(run: Run, answer: Answer, hadToken: boolean): Tie {
  const tokenless = followUp(run, 'without-token');
  if (hadToken && tokenless && wasLetIn(tokenless)) return 'certain';
  const isSaid =
    (answer.status === 401 && (!hadToken || 'www-authenticate' in answer.headers)) ||
    (isJson(answer) && saysAuth(answer.bodyHead));
  if (isSaid) return isAnsweredAlike(run, answer, hadToken) ? 'likely' : 'certain';
  if (isHtml(answer)) return 'none';
  const bogus = followUp(run, 'bogus-path')?.answer ?? null;
  const status = hadToken ? tokenless?.answer?.status : answer.status;
  return (status === 401 || status === 403) && bogus !== null && bogus.status !== answer.status ? 'likely' : 'none';
}
