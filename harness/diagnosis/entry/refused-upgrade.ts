import { saysConnectionCap, saysNotReady, saysOrigin } from '../../protocol/wording.ts';
import type { Answer } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { answeredBy, answererName, isJson } from '../answered-by.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp } from '../follow-ups.ts';
import { bare, socketPlace } from '../place.ts';
import type { EntryFailure } from './entry-failures.ts';
import { isAnyOriginRefused, refusedOrigin } from './refused-origin.ts';
import { refusedToken } from './refused-token.ts';

type Judgement = Pick<Finding, 'cause' | 'confidence' | 'rivals' | 'hint'>;

const BOOT_CRASH: Rival = {
  cause: 'upgrade-server-error',
  check: 'does the platform log show `Worker failed to boot` or `exit(3)`: did the application crash at its start?',
};
const ANY_ORIGIN: Rival = {
  cause: 'upgrade-refused',
  check: 'which origins does the target let in? neither none nor its own was',
};
const WANTS_CERTIFICATE = /no required ssl certificate was sent/i;
const PLAIN_TO_TLS = /plain http request was sent to https port|http request to an https server/i;
const BY_STATUS: { readonly [status: number]: CauseCode } = {
  200: 'upgrade-ignored',
  404: 'upgrade-not-found',
  405: 'upgrade-ignored',
  408: 'not-ready',
  426: 'upgrade-ignored',
  429: 'rate-limited',
  500: 'upgrade-server-error',
  502: 'bad-gateway',
  503: 'service-unavailable',
  504: 'gateway-timeout',
};

/** Why an upgrade was answered with HTTP and not with a socket. */
export function refusedUpgrade(run: Run, { at, attempts }: EntryFailure, answer: Answer): Diagnosis {
  const place = socketPlace(run);
  const tries = attempts > 1 ? `, at the last of ${attempts} attempts` : '';
  const seen = {
    phase: 'upgrade',
    answeredBy: answeredBy(answer),
    summary: `the upgrade at ${place} was answered ${answer.status} (${answererName(answer)})${tries}`,
    evidence: evidenceOf(at, followUp(run, 'backend-health'), followUp(run, 'fresh-upgrade')),
  } as const;
  const worded = byWords(answer);
  if (worded?.cause === 'origin-refused')
    return (
      refusedOrigin(run, at, seen, false) ??
      diagnosisOf({
        ...seen,
        ...worded,
        ...(isAnyOriginRefused(run, at) ? { confidence: 'likely', rivals: [ANY_ORIGIN] } : {}),
      })
    );
  if (worded) return diagnosisOf({ ...seen, ...worded });
  if (answer.status === 401 || answer.status === 403) return refusedToken(run, at, answer, seen);
  const judgement = byStatus(answer);
  const waitS = answer.headers['retry-after'];
  const told = waitS === undefined ? '' : `the answer says Retry-After: ${waitS}; `;
  const hint = `${told}${judgement.hint ?? CAUSES[judgement.cause].hint}`;
  return diagnosisOf({
    ...seen,
    ...judgement,
    hint: healthLies(run, at.seq, answer)
      ? `health answers well, so look at what the socket's path alone has to pass (readiness gate, proxy rule); ${hint}`
      : hint,
  });
}

function byWords(answer: Answer): Judgement | null {
  const { status, bodyHead } = answer;
  if (PLAIN_TO_TLS.test(bodyHead)) return { cause: 'scheme-mismatch' };
  if (status < 400) return null;
  if (WANTS_CERTIFICATE.test(bodyHead)) return { cause: 'tls-client-certificate' };
  if (isJson(answer) && saysNotReady(bodyHead)) return { cause: 'not-ready' };
  if (saysConnectionCap(bodyHead)) return { cause: 'connection-limit' };
  return (status === 400 || status === 403) && saysOrigin(bodyHead) ? { cause: 'origin-refused' } : null;
}

function byStatus(answer: Answer): Judgement {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? '' : ` (it points to ${bare(headers.location)})`;
    return { cause: 'upgrade-redirected', hint: `${CAUSES['upgrade-redirected'].hint}${to}` };
  }
  const cause = BY_STATUS[status] ?? 'upgrade-refused';
  switch (cause) {
    case 'service-unavailable':
    case 'bad-gateway':
      return { cause, rivals: answeredBy(answer) === 'app' ? [] : [BOOT_CRASH] };
    case 'upgrade-server-error':
      return answeredBy(answer) === 'edge' || answeredBy(answer) === 'platform'
        ? {
            cause,
            confidence: 'ambiguous',
            rivals: [
              { cause: 'service-unavailable', check: 'does the platform log say that no instance was available?' },
            ],
          }
        : { cause };
    case 'upgrade-refused':
      return status === 413 || status === 431
        ? {
            cause,
            hint: 'the headers are too long for whoever answered: send the token by one carrier only (AGENT_EVENTS_TOKEN_CARRIER)',
          }
        : { cause };
    default:
      return { cause };
  }
}

/** Readiness that lied: health is good right after the upgrade was answered by a server error. */
function healthLies(run: Run, seq: number, { status }: Answer): boolean {
  const health = followUp(run, 'backend-health', seq);
  return status >= 500 && health !== null && health.ok && health.answer !== null && health.answer.status < 400;
}
