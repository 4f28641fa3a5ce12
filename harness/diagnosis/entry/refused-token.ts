import { saysAuth } from '../../protocol/wording.ts';
import type { Answer, Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { answeredBy, isHtml, isJson } from '../answered-by.ts';
import { credentialsRefused, isInvalidByOwnClock, skewOf } from '../credentials-refused.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { expiredTooSoon } from '../expired-too-soon.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp, wasLetIn } from '../follow-ups.ts';
import { tokenInUse } from '../token-in-use.ts';
import { NO_TOKEN } from '../without-token.ts';
import { isAnsweredAlike, saysTheSame } from './answered-alike.ts';
import { letInBeside } from './let-in-beside.ts';
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

const PAGE =
  'a page for people answered, not the application: see which firewall rule, IAM policy or proxy refuses the upgrade';
const PAGE_TO_TOKENS =
  'a page for people answered the upgrade with our token, and the same without one is let in: see which firewall rule or proxy refuses what carries a token, then whether a fresh token is let in';

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
  const tokenless = followUp(run, 'without-token');
  const evidence = evidenceOf(at, tokenless, followUp(run, 'bogus-path'));
  const hadToken = tokenInUse(run, at) !== null;
  // With our Origin and without the token nobody would be let in whose Origin is refused.
  const origin =
    tokenless !== null && wasLetIn(tokenless) ? null : refusedOrigin(run, at, { ...seen, evidence }, false);
  if (origin !== null) return origin;
  if (isInvalidByOwnClock(run, at, answer)) return credentialsRefused(run, at, { ...seen, evidence });
  const beside = letInBeside(run, at);
  const tie = tieOf(run, answer, { hadToken, beside });
  const skew = tie === 'none' ? null : skewOf(run, at, answer.headers.date);
  if (skew !== null) return diagnosisOf({ ...seen, ...skew, evidence });
  if (tie !== 'none') {
    const isAlike = beside === null && isAnsweredAlike(run, answer, hadToken);
    const rivals = isAlike ? [NOT_THE_TOKEN, WRONG_PATH] : [NOT_THE_TOKEN];
    const found = { ...seen, evidence, confidence: tie, rivals: tie === 'likely' ? rivals : [] };
    const tooSoon = expiredTooSoon(run, at, answer.bodyHead, 'upgrade-refused');
    const hint = beside === null || !hadToken ? {} : { hint: onlyThisUser(beside) };
    return credentialsRefused(run, at, { ...found, ...hint, ...tooSoon });
  }
  const aboutToken = hadToken ? OUR_TOKEN : NO_TOKEN;
  if (isPage(answer)) {
    const hint = hadToken && tokenless !== null && wasLetIn(tokenless) ? PAGE_TO_TOKENS : PAGE;
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

/** A page for people that no application signed: a firewall's or a proxy's, which knows nothing of tokens but that one came. */
function isPage(answer: Answer): boolean {
  return isHtml(answer) && answeredBy(answer) !== 'app';
}

function onlyThisUser(beside: string): string {
  return `the same path lets ${beside} in with a token of their own: see whether this user exists there, is active and may connect, then whether the secret, issuer and audience of this token are what this environment validates`;
}

function tieOf(
  run: Run,
  answer: Answer,
  { hadToken, beside }: { readonly hadToken: boolean; readonly beside: string | null },
): Tie {
  const tokenless = followUp(run, 'without-token');
  if (hadToken && tokenless && wasLetIn(tokenless)) return isPage(answer) ? 'none' : 'certain';
  const isSaid =
    (answer.status === 401 && (!hadToken || 'www-authenticate' in answer.headers)) ||
    (isJson(answer) && saysAuth(answer.bodyHead));
  if (isSaid) return isAnsweredAlike(run, answer, hadToken) ? 'likely' : 'certain';
  if (isPage(answer)) return 'none';
  const other = hadToken ? (tokenless?.answer ?? null) : answer;
  const wanted = other !== null && (other.status === 401 || other.status === 403);
  if (!wanted) return 'none';
  // The application itself says one thing to this token and another to none, and let somebody else in: it means this one.
  const isOwnWord = answeredBy(answer) === 'app' && !saysTheSame(answer, other);
  if (isOwnWord) return beside === null ? 'likely' : 'certain';
  const bogus = followUp(run, 'bogus-path')?.answer ?? null;
  return beside !== null || (bogus !== null && bogus.status !== answer.status) ? 'likely' : 'none';
}
