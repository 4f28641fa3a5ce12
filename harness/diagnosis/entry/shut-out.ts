import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { isTokenSession } from '../../timeline/token-kinds.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { hasExpired, tokenInUse } from '../token-in-use.ts';
import type { EntryFailure } from './entry-failures.ts';

const A_LIMIT: Rival = {
  cause: 'rate-limited',
  check: 'is the good token let in again after a wait? then it is a limit of refusals, else something broke over them',
};
const SHUT_OUT: Rival = {
  cause: 'upgrade-refused',
  check: 'is a fresh token of the same user let in? then this one was revoked, else the client is shut out',
};
const HINT =
  'the target shuts this client out, or breaks, after so many refusals: wait until it forgets them (its log or its limit tells how long) or raise that limit for this client, and see with `doctor` alone whether the good token is let in again';
const NAMED = 5;

/**
 * What it means that a token is kept out which was let in before, where tokens that must be refused were tried in between:
 * neither the path nor the token has changed. Anything else stays as it was found.
 */
export function unlessShutOut(run: Run, { at, answer }: EntryFailure, found: Diagnosis): Diagnosis {
  const good = lastLetIn(run, at);
  const isOurs = found.domain === 'harness' && found.cause !== 'credentials-refused';
  if (good === null || isOurs || hasExpired(run, at)) return found;
  const refused = triedBetween(run, good, at);
  if (refused.length === 0) return found;
  const kinds = refused.map((session) => session.slice(session.indexOf(':') + 1));
  const listed = kinds.length > NAMED ? `${kinds.slice(0, NAMED).join(', ')}, …` : kinds.join(', ');
  const summary = `${found.summary}, although the same token was let in before: ${refused.length} ${refused.length === 1 ? 'token that must be refused was' : 'tokens that must be refused were'} tried in between (${listed})`;
  const [first, ...rest] = found.evidence;
  const told = { ...found, summary, evidence: evidenceOf(first, good, ...rest) };
  // A 401 says of itself that it is about the token: it may have been revoked over what was tried.
  if (answer?.status === 401 && found.cause === 'credentials-refused')
    return { ...told, confidence: 'likely', rivals: [SHUT_OUT, A_LIMIT], hint: HINT };
  if (found.cause !== 'upgrade-refused' && found.cause !== 'credentials-refused')
    return { ...told, hint: `${HINT}; ${found.hint}` };
  const { phase, answeredBy, evidence } = told;
  return diagnosisOf({
    phase,
    answeredBy,
    summary,
    evidence,
    cause: 'upgrade-refused',
    confidence: 'likely',
    rivals: [A_LIMIT],
    hint: HINT,
  });
}

/** The last connection that opened with the very token that is kept out: where that came later, nobody is shut out. */
function lastLetIn(run: Run, at: Observation): Seen<'opened'> | null {
  const token = tokenInUse(run, at);
  if (token === null) return null;
  const isOurs = (opened: Seen<'opened'>): boolean => {
    const other = tokenInUse(run, opened);
    return (
      !isTokenSession(opened.session) && other?.subject === token.subject && other.fingerprint === token.fingerprint
    );
  };
  const opened = run.observations.filter((seen) => seen.kind === 'opened');
  return opened.findLast(isOurs) ?? null;
}

/** The sessions of tokens that were refused, closed or failed between two observations, in the order of time. */
function triedBetween(run: Run, from: Observation, to: Observation): readonly string[] {
  const ends = run.observations.filter(
    ({ kind, session, seq }) =>
      seq > from.seq && seq < to.seq && isTokenSession(session) && ['refused', 'failed', 'closed'].includes(kind),
  );
  return [...new Set(ends.map(({ session }) => session))];
}
