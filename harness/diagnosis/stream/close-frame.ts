import { closeName } from '../../protocol/closes.ts';
import {
  saysConnectionCap,
  saysIdle,
  saysNotReady,
  saysOrigin,
  saysRefused,
  saysServiceNotReady,
  saysStartupTimeout,
} from '../../protocol/wording.ts';
import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import { credentialsRefused, skewOf } from '../credentials-refused.ts';
import type { Answerer, Diagnosis, Rival } from '../diagnosis.ts';
import { refusedOrigin } from '../entry/refused-origin.ts';
import { expiredTooSoon } from '../expired-too-soon.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { spanOf } from '../place.ts';
import { lateWords, longestStall } from '../stalls.ts';
import { hasExpired, tokenInUse } from '../token-in-use.ts';
import { NO_TOKEN, SETTINGS } from '../without-token.ts';
import { idleCut } from './idle-cut.ts';
import { unlessStalled } from './stalled-end.ts';
import { lastFrame, NO_RUN_YET, phaseOf, type Standing, wasAdmitted, whenOf } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

const KEEPALIVE = /keep-?alive ping timeout/i;
const MODE_ERROR = /mode error/i;
/** How far back a stall of ours can have cost a server its pong: two of its default intervals of 20 s, and some. */
const KEEPALIVE_WINDOW_MS = 60_000;
/** The least stall that can have cost it so long afterwards; one that was just before needs less. */
const KEEPALIVE_STALL_MS = 1000;
const LOST = new Set([1001, 1012, 1013, 1014]);
const POLICY: Rival = { cause: 'closed-with-error', check: 'does the application log name another policy?' };
const OTHER_ORIGIN: Rival = {
  cause: 'closed-with-error',
  check: 'is the same connection with another Origin let stay?',
};
const OUR_TOKEN: Rival = {
  cause: 'credentials-refused',
  check: 'does the same connection with a fresh token go through?',
};

/** Why a session was closed by a frame of the peer before its end: its reason in words first, then its code. */
export const closeFrame: OfStanding = (run, _, standing) => {
  const { end } = standing;
  if (end === null || end.how !== 'frame') return null;
  const found = aboutUs(run, standing, end) ?? cutByLimit(standing, end) ?? byCode(run, standing, end);
  return unlessStalled(run, standing, end, found);
};

function aboutUs(run: Run, standing: Standing, end: Seen<'closed'>): Diagnosis | null {
  const { code, reason } = end;
  const seen = found(standing, end);
  if (code === 1011 && KEEPALIVE.test(reason)) {
    const stall = longestStall(run, Math.max(standing.opened.atMs, end.atMs - KEEPALIVE_WINDOW_MS), end.atMs);
    if (stall === null || stall.lateByMs < KEEPALIVE_STALL_MS) return null;
    const summary = `${lateWords(stall)} and owed its pong: ${seen.summary}`;
    return diagnosisOf({
      ...seen,
      cause: 'harness-stalled',
      answeredBy: 'client',
      summary,
      evidence: evidenceOf(end, stall.at),
    });
  }
  const origin = code === 1008 ? refusedOrigin(run, end, seen, true) : null;
  if (origin !== null) return origin;
  if (![1002, 1008, 1011].includes(code) || saysOrigin(reason) || saysConnectionCap(reason)) return null;
  const named = saysRefused(reason);
  // Who has got events was let in, and an error that says otherwise speaks of somebody else, unless the token has run out since.
  const isLetIn = wasAdmitted(standing, end) && !hasExpired(run, end);
  const isRefused = named ? code === 1008 || !isLetIn : code === 1008 && reason === '' && !isLetIn;
  if (!isRefused) return null;
  const skew = skewOf(run, end, standing.opened.headers.date);
  if (skew !== null) return diagnosisOf({ ...seen, ...skew });
  const doubt = named && !isLetIn ? {} : ({ confidence: 'likely', rivals: [POLICY] } as const);
  const tooSoon = expiredTooSoon(run, end, reason, 'closed-with-error');
  return credentialsRefused(run, end, { ...seen, ...doubt, ...tooSoon });
}

/** Where an idle limit is enforced by the server itself, it closes with a frame. */
function cutByLimit(standing: Standing, end: Seen<'closed'>): Diagnosis | null {
  const polite = end.code === 1001 || end.code === 1000;
  const idleWords = saysIdle(end.reason) || (end.code === 1001 && end.reason === '');
  return polite && idleWords ? idleCut(standing, end) : null;
}

function byCode(run: Run, standing: Standing, end: Seen<'closed'>): Diagnosis {
  const seen = found(standing, end);
  const cause = causeOf(end, wasAdmitted(standing, end));
  if (cause === 'origin-refused') return diagnosisOf({ ...seen, cause, confidence: 'likely', rivals: [OTHER_ORIGIN] });
  if (cause === 'closed-early' && standing.stage !== 'stream') return diagnosisOf({ ...seen, cause, hint: NO_RUN_YET });
  if (cause === 'closed-with-error' && (MODE_ERROR.test(end.reason) || end.code === 1008 || is4xxAuth(end))) {
    if (tokenInUse(run, end) !== null)
      return diagnosisOf({ ...seen, cause, confidence: 'likely', rivals: [OUR_TOKEN] });
    // A code of the application's own is its business by law; where we had nothing to show, it may well be ours.
    const hint = `no token was sent, which may be all there is to it: ${SETTINGS}; ${CAUSES[cause].hint}`;
    return diagnosisOf({ ...seen, cause, confidence: 'ambiguous', rivals: [NO_TOKEN], hint });
  }
  if (cause === 'closed-with-error' && KEEPALIVE.test(end.reason)) {
    const rivals: readonly Rival[] = [
      { cause: 'half-open', check: 'do pongs of a fresh connection reach the server?' },
    ];
    return diagnosisOf({ ...seen, cause, confidence: 'likely', rivals });
  }
  return diagnosisOf({ ...seen, cause });
}

/** What a reason says of caps and of being ready is about us only before any event came. */
function causeOf({ code, reason }: Seen<'closed'>, admitted: boolean): CauseCode {
  if (saysConnectionCap(reason) && !admitted) return 'connection-limit';
  if (saysOrigin(reason) && code === 1008) return 'origin-refused';
  const unready = admitted ? saysServiceNotReady(reason) : saysNotReady(reason);
  if ((code === 1011 || code === 1013) && unready) return 'not-ready';
  if (code === 1001 && (saysStartupTimeout(reason) || saysNotReady(reason)) && !admitted) return 'not-ready';
  if (LOST.has(code)) return 'connection-lost';
  return code === 1000 || code === 1005 ? 'closed-early' : 'closed-with-error';
}

/** By custom an application closes 4401 and 4403 for what HTTP calls 401 and 403. */
function is4xxAuth({ code, reason }: Seen<'closed'>): boolean {
  return code === 4401 || code === 4403 || (code >= 3000 && saysRefused(reason));
}

function found(
  standing: Standing,
  end: Seen<'closed'>,
): Pick<Finding, 'phase' | 'answeredBy' | 'summary' | 'evidence'> {
  const reason = end.reason === '' ? '' : ` "${end.reason}"`;
  return {
    phase: phaseOf(standing),
    answeredBy: senderOf(end.code),
    summary: `the target closed with ${closeName(end.code)}${reason} ${whenOf(standing)}, ${spanOf(end.atMs - standing.opened.atMs)} after it opened`,
    evidence: evidenceOf(standing.opened, lastFrame(standing), end),
  };
}

function senderOf(code: number): Answerer {
  if (code === 1012) return 'server';
  return code === 1013 || code === 1014 ? 'edge' : 'app';
}
