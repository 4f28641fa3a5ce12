import { saysConnectionCap, saysNotReady, saysOrigin, saysPlainToTls, saysRefused } from '../../protocol/wording.ts';
import type { Answer, Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { answeredBy, answererName, isFrameworkAnswer, isJson } from '../answered-by.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp } from '../follow-ups.ts';
import { bare, socketPlace } from '../place.ts';
import { tokenInUse } from '../token-in-use.ts';
import { isAnsweredAlike } from './answered-alike.ts';
import { earlierStatuses } from './earlier-answers.ts';
import type { EntryFailure } from './entry-failures.ts';
import { ownWords } from './own-words.ts';
import { otherOrigins, refusedOrigin } from './refused-origin.ts';
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
const NO_ORIGIN: Rival = {
  cause: 'upgrade-refused',
  check: 'is the upgrade let in with an Origin that is on the list of the target (AGENT_EVENTS_ORIGIN)?',
};
const NO_INSTANCE: Rival = {
  cause: 'service-unavailable',
  check: 'does the platform log say that no instance was available?',
};
const RESTARTING = 'does the platform log show a restart, a rollout or a missing instance while the tries were made?';
/** Statuses by which a target refuses as a matter of policy; behind any other, words of a cap are about something of its own. */
const POLICY: ReadonlySet<number> = new Set([400, 401, 403, 409, 429, 503]);
const HEADERS_TOO_LONG = /header or cookie too large|header fields? too large|headers? too (long|large|big)/i;
const ONE_CARRIER =
  'the headers are too long for whoever answered: send the token by one carrier only (AGENT_EVENTS_TOKEN_CARRIER)';
const WANTS_CERTIFICATE = /no required ssl certificate was sent|\bclient certificate (is )?(required|missing)\b/i;
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
  const before = earlierStatuses(run, at);
  const listed = before.length > 0 ? ` (those before: ${before.join(', ')})` : '';
  const tries = attempts > 1 ? `, at the last of ${attempts} attempts${listed}` : '';
  const seen = {
    phase: 'upgrade',
    answeredBy: answeredBy(answer),
    summary: `the upgrade at ${place} was answered ${answer.status} (${answererName(answer)})${ownWords(answer)}${tries}`,
    evidence: evidenceOf(at, followUp(run, 'backend-health'), followUp(run, 'fresh-upgrade')),
  } as const;
  const worded = byWords(run, at, answer);
  if (worded?.cause === 'origin-refused') {
    const rivals = [otherOrigins(run, at).length > 0 ? ANY_ORIGIN : NO_ORIGIN];
    return refusedOrigin(run, at, seen, false) ?? diagnosisOf({ ...seen, ...worded, confidence: 'likely', rivals });
  }
  if (worded) return diagnosisOf({ ...seen, ...worded });
  if (answer.status === 401 || answer.status === 403) return refusedToken(run, at, answer, seen);
  const judgement = unlessChanging(byStatus(answer), before);
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

function byWords(run: Run, at: Observation, answer: Answer): Judgement | null {
  const { status, bodyHead } = answer;
  if (saysPlainToTls(bodyHead)) return { cause: 'scheme-mismatch' };
  if (status < 400) return null;
  if (WANTS_CERTIFICATE.test(bodyHead)) return { cause: 'tls-client-certificate' };
  if (isJson(answer) && saysNotReady(bodyHead) && isSaidToAnybody(run, at, answer)) return { cause: 'not-ready' };
  if (saysConnectionCap(bodyHead) && POLICY.has(status) && !(status === 401 && saysRefused(bodyHead)))
    return { cause: 'connection-limit' };
  return (status === 400 || status === 403) && saysOrigin(bodyHead) ? { cause: 'origin-refused' } : null;
}

/** A 401 or 403 is about the token before it is about anything else, unless it comes with or without one (where we had one), on any path. */
function isSaidToAnybody(run: Run, at: Observation, answer: Answer): boolean {
  const isOpen = answer.status !== 401 && answer.status !== 403;
  return isOpen || isAnsweredAlike(run, answer, tokenInUse(run, at) !== null);
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
      return serverError(answer);
    case 'upgrade-refused':
      return status === 413 || status === 431 || HEADERS_TOO_LONG.test(answer.bodyHead)
        ? { cause, hint: ONE_CARRIER }
        : { cause };
    default:
      return { cause };
  }
}

/** Who was answered otherwise at each try met something that changes: what the tries before say stays beside it. */
function unlessChanging(last: Judgement, before: readonly number[]): Judgement {
  if (before.length === 0) return last;
  const { cause, confidence = 'certain', rivals = [], hint = CAUSES[cause].hint } = last;
  const changing = `the tries before were answered ${before.join(', ')}: see in the platform log whether it restarts or rolls out at this moment; ${hint}`;
  const others = before.map((status) => BY_STATUS[status] ?? 'upgrade-refused');
  const causes = new Set(others.filter((other) => CAUSES[other].domain !== CAUSES[cause].domain));
  const known = new Set(rivals.map((rival) => rival.cause));
  const added = [...causes].filter((other) => !known.has(other)).map((other) => ({ cause: other, check: RESTARTING }));
  const isOpen = causes.size > 0 && confidence === 'certain';
  return { cause, confidence: isOpen ? 'likely' : confidence, rivals: [...rivals, ...added], hint: changing };
}

/** A 500 is the application's where it, or the server around it, says so; of any other nobody can be sure. */
function serverError(answer: Answer): Judgement {
  const cause = 'upgrade-server-error';
  const by = answeredBy(answer);
  if (by === 'app' || isFrameworkAnswer(answer)) return { cause };
  return { cause, confidence: by === 'server' ? 'likely' : 'ambiguous', rivals: [NO_INSTANCE] };
}

/** Readiness that lied: health is good right after the upgrade was answered by a server error. */
function healthLies(run: Run, seq: number, { status }: Answer): boolean {
  const health = followUp(run, 'backend-health', seq);
  return status >= 500 && health !== null && health.ok && health.answer !== null && health.answer.status < 400;
}
