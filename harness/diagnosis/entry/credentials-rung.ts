import type { Answer, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { answeredBy } from '../answered-by.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { bare } from '../place.ts';
import { causeOfTrouble } from './trouble-cause.ts';

type Judgement = Pick<Finding, 'cause' | 'confidence' | 'rivals' | 'hint' | 'domain'>;

const NOT_CONFIGURED = /\bnot (yet )?configured\b|\bnot set\b|\bmissing\b.{0,40}\b(key|secret)\b/i;
const NAMED =
  'name the environment that the target belongs to, or correct its URLs; `agent-events doctor --verbose` says where each came from';
const OWN_LOGIN = 'check AGENT_EVENTS_EMAIL and AGENT_EVENTS_PASSWORD: the auth service does not know them';

/** Why nobody got a token. */
export function credentialsRung(run: Run, rung: Seen<'probed'>): Diagnosis {
  const place = bare(run.header.target.authUrl);
  const common = { phase: 'credentials', evidence: evidenceOf(rung) } as const;
  if (rung.answer === null) {
    const words = rung.trouble === null ? rung.detail : `${rung.trouble.message || 'no answer'} (${rung.trouble.code})`;
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
  const unreadable = status >= 200 && status < 300 ? ', with a token that cannot be read' : '';
  return diagnosisOf({
    ...common,
    answeredBy: answeredBy(rung.answer),
    summary: `${asked} at ${place} was answered ${status}${unreadable}`,
    ...judged(mode, rung.answer),
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

function judged(mode: string, answer: Answer): Judgement {
  const { status, bodyHead } = answer;
  if (status === 503 && NOT_CONFIGURED.test(bodyHead)) return { cause: 'simulation-not-configured' };
  if (status >= 500 || status === 408 || status === 429) return { cause: 'auth-service-unavailable' };
  if (mode === 'login' && (status === 401 || status === 403))
    return { cause: 'credentials-refused', domain: 'harness', hint: OWN_LOGIN };
  if (mode === 'dev-login' && status === 401) return { cause: 'credentials-refused', domain: 'harness' };
  if (status === 401) return { cause: 'simulation-key-refused' };
  if (status !== 403) return { cause: 'simulation-rejected' };
  const byService = answeredBy(answer) !== 'edge' && answeredBy(answer) !== 'platform';
  return byService
    ? { cause: 'simulation-forbidden' }
    : {
        cause: 'simulation-forbidden',
        confidence: 'likely',
        rivals: [
          {
            cause: 'auth-service-unavailable',
            check: 'does a firewall or IAM policy in front of the auth service refuse us?',
          },
        ],
      };
}
