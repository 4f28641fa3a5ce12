import type { Answer, AuthMode, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { troubleWords } from '../../timeline/trouble-words.ts';
import { answeredBy, isHtml } from '../answered-by.ts';
import { cannotServe } from '../cannot-serve.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { bare } from '../place.ts';
import { ownWords } from './own-words.ts';
import { causeOfTrouble } from './trouble-cause.ts';

type Judgement = Pick<Finding, 'cause' | 'confidence' | 'rivals' | 'hint' | 'domain'>;

const NOT_CONFIGURED = /\bnot (yet )?configured\b|\bnot set\b|\bmissing\b.{0,40}\b(key|secret)\b/i;
const NAMED =
  'name the environment that the target belongs to, or correct its URLs; `agent-events doctor --verbose` says where each came from';
const OWN_LOGIN =
  'check AGENT_EVENTS_EMAIL and AGENT_EVENTS_PASSWORD, and that this user may sign in: the auth service refuses them';
const DEV_LOGIN = 'the developer sign-in of this target lets nobody in: choose another AGENT_EVENTS_AUTH_MODE';
const NO_TOKEN_IN_IT: Judgement = {
  cause: 'auth-service-unavailable',
  confidence: 'likely',
  rivals: [{ cause: 'simulation-rejected', check: 'is this the auth service? check the auth URL and its path' }],
  hint: 'is this the auth service? check the auth URL (`agent-events doctor --verbose`); if it is, see in its log why its answer holds no token',
};

/** Why nobody got a token. */
export function credentialsRung(run: Run, rung: Seen<'probed'>): Diagnosis {
  const place = bare(run.header.target.authUrl);
  const common = { phase: 'credentials', evidence: evidenceOf(rung) } as const;
  if (rung.answer === null) {
    const words = rung.trouble === null ? rung.detail : troubleWords(rung.trouble);
    const cause = withoutAnswer(run, rung);
    if (rung.trouble?.phase === 'configuration' && cause === 'config-invalid')
      return diagnosisOf({ ...common, cause, answeredBy: 'client', summary: rung.trouble.message, hint: NAMED });
    const answerer = CAUSES[cause].domain === 'harness' ? 'client' : 'none';
    return diagnosisOf({ ...common, cause, answeredBy: answerer, summary: `no token from ${place}: ${words}` });
  }
  const { status } = rung.answer;
  const mode = run.header.authMode;
  const asked =
    mode === 'simulate' ? 'the simulation exchange' : mode === 'dev-login' ? 'the developer sign-in' : 'the sign-in';
  const isGood = status < 300;
  const how = !isGood
    ? ownWords(rung.answer)
    : rung.trouble === null
      ? ', without a token that can be read'
      : `, and the answer never came to its end (${troubleWords(rung.trouble)})`;
  return diagnosisOf({
    ...common,
    answeredBy: answeredBy(rung.answer),
    summary: `${asked} at ${place} was answered ${status}${how}`,
    ...judged(run, rung.answer, rung.trouble === null),
  });
}

function withoutAnswer(run: Run, rung: Seen<'probed'>): CauseCode {
  const named = rung.trouble === null ? null : causeOfTrouble(rung.trouble);
  if (named !== null && CAUSES[named].domain === 'harness') return named;
  if (!issuedByTarget(run)) return 'config-invalid';
  return rung.trouble === null ? 'simulation-rejected' : 'auth-service-unavailable';
}

function issuedByTarget({ header: { authMode } }: Run): boolean {
  return authMode === 'simulate' || authMode === 'login' || authMode === 'dev-login';
}

function judged(run: Run, answer: Answer, isWhole: boolean): Judgement {
  const mode = run.header.authMode;
  const { status, bodyHead } = answer;
  if (status < 300) return isWhole ? NO_TOKEN_IN_IT : { cause: 'auth-service-unavailable' };
  if (status === 503 && NOT_CONFIGURED.test(bodyHead) && !isHtml(answer)) return { cause: 'simulation-not-configured' };
  if (cannotServe(status)) return { cause: 'auth-service-unavailable' };
  if (status === 401 || status === 403) return isOfFront(answer) ? refusedBefore(mode, status) : refused(run, status);
  return { cause: 'simulation-rejected', hint: rejectedHint(mode) };
}

/** A page of something in front of the auth service, which has not spoken itself. */
function isOfFront(answer: Answer): boolean {
  const by = answeredBy(answer);
  return by === 'edge' || by === 'platform';
}

function refusedBefore(mode: AuthMode, status: 401 | 403): Judgement {
  const own = status === 401 ? 'simulation-key-refused' : 'simulation-forbidden';
  const cause = mode === 'simulate' ? own : 'credentials-refused';
  return {
    cause: 'auth-service-unavailable',
    confidence: 'likely',
    rivals: [{ cause, check: 'does the log of the auth service itself show this request, and its refusal?' }],
    hint: 'a page answered, not the auth service: see which proxy, firewall rule or IAM policy in front of it refuses us, and whether the auth URL is the right one',
  };
}

function refused({ header: { authMode, environment } }: Run, status: 401 | 403): Judgement {
  if (authMode === 'login') return { cause: 'credentials-refused', domain: 'harness', hint: OWN_LOGIN };
  if (status === 403) return { cause: 'simulation-forbidden' };
  if (authMode === 'dev-login') return { cause: 'credentials-refused', domain: 'harness', hint: DEV_LOGIN };
  const held = `set E2E_OAUTH_SIMULATION_KEY to the key that the auth service of ${environment} was started with: the value in use is another`;
  return { cause: 'simulation-key-refused', ...(environment === 'staging' ? {} : { hint: held }) };
}

function rejectedHint(mode: AuthMode): string {
  const what =
    mode === 'simulate'
      ? 'that the deployed auth service has the simulation endpoint'
      : mode === 'dev-login'
        ? 'that this target offers a developer sign-in at all, else choose another AGENT_EVENTS_AUTH_MODE'
        : 'that the deployed auth service signs users in with an email and a password';
  return `check the auth URL and its path (\`agent-events doctor --verbose\`), and ${what}`;
}
