import { saysAuth } from '../protocol/wording.ts';
import type { Answer, Observation, Seen } from '../timeline/observation.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';
import { isTokenSession, NOT_ASKED, type TokenKind, tokenSession } from '../timeline/token-kinds.ts';
import { isAboutOther } from './about-other.ts';

/** How far a connection had come when its token was refused. */
export type RefusedAt = 'upgrade' | 'open' | 'welcomed';

/** What became of a token that had to be refused. */
export type TokenFate =
  /** Declared before the first of them was tried. */
  | { readonly kind: 'not-asked'; readonly why: string }
  | {
      readonly kind: 'refused';
      readonly where: RefusedAt;
      readonly answer: Answer | null;
      readonly closed: Seen<'closed'> | null;
      /** What the target said before it closed. */
      readonly said: string | null;
      /** How long it was welcome before it was thrown out; `null` where it never was. */
      readonly stoodMs: number | null;
      readonly dialled: Observation;
      readonly at: Observation;
    }
  | {
      readonly kind: 'let-in';
      /** Whom the welcome names; `null` where it names nobody. */
      readonly as: string | null;
      readonly how: string;
      readonly at: readonly [Observation, Observation];
    }
  /** Neither let in nor refused for itself. `at`: what shows it. */
  | { readonly kind: 'open'; readonly why: string; readonly at: Observation | null };

/** Whoever is still welcome after so long was let in: known targets that check a token after the welcome do it at once. */
export const STAYS_MS = 1000;
/** How long a token that must be refused is watched once it is welcome: some targets throw out late, and what was thrown out within that time, and not served before, was refused. */
export const WATCH_MS = 3000;
/** Timers may come a little early on the clock that stamps. */
const SLACK_MS = 5;
/** With the good token let in before and after, these keep out for the token's sake; so does a redirect, as of an identity-aware proxy to its login page. */
const REFUSALS: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 422]);
/** 3000 and 3003 by registration, 4401 and 4403 by custom. */
const AUTH_CODES: ReadonlySet<number> = new Set([1008, 3000, 3003, 4401, 4403]);

/** What became of the token of this kind, by the last connection that was tried with it. */
export function fateOf(run: Run, kind: TokenKind): TokenFate {
  const tries = run.sessions.filter(({ session }) => session === tokenSession(kind));
  const session = tries.at(-1);
  const declared = tries.flatMap(({ observations }) => observations).find((seen) => isDeclared(run, seen));
  if (declared?.kind === 'noted') return { kind: 'not-asked', why: declared.text };
  const dialled = session?.observations.findLast((seen) => seen.kind === 'dialled');
  if (session === undefined || dialled === undefined)
    return { kind: 'open', why: 'it was not tried', at: session?.observations.at(-1) ?? null };
  return session.opened === null ? unopened(session, dialled) : opened(session, session.opened, dialled);
}

/** Whether a connection was let in: welcomed, and still standing so long after that. */
export function isLetIn({ welcomed, closed, closing }: SessionRecord, forMs: number = STAYS_MS): boolean {
  if (welcomed === null || closing === null || (closed !== null && closed.seq < closing.seq)) return false;
  return closing.atMs - welcomed.at.atMs >= forMs - SLACK_MS;
}

/** What is left out is said before the first token is tried, or it counts as left out for what came of it. */
function isDeclared({ observations }: Run, seen: Observation): boolean {
  if (seen.kind !== 'noted' || seen.topic !== NOT_ASKED) return false;
  return !observations.some(
    ({ kind, session, seq }) => kind === 'dialled' && isTokenSession(session) && seq < seen.seq,
  );
}

function unopened({ observations }: SessionRecord, dialled: Observation): TokenFate {
  const end = observations.findLast((seen) => seen.kind === 'refused' || seen.kind === 'failed');
  if (end === undefined || end.seq < dialled.seq) return { kind: 'open', why: 'it was interrupted', at: dialled };
  if (end.kind === 'failed') return { kind: 'open', why: `its dial came to ${end.code} at ${end.phase}`, at: end };
  const { status, bodyHead } = end.answer;
  if (!REFUSALS.has(status) || isAboutOther(bodyHead))
    return {
      kind: 'open',
      why: `it was answered ${status}, which is no refusal that can be tied to the token`,
      at: end,
    };
  const refused = { kind: 'refused', where: 'upgrade', closed: null, said: null, stoodMs: null } as const;
  return { ...refused, answer: end.answer, dialled, at: end };
}

function opened(session: SessionRecord, at: Seen<'opened'>, dialled: Observation): TokenFate {
  const { welcomed, closing, happenings } = session;
  // Whoever is served was let in, whatever closes later; what we only derive from our own question is no service.
  const served = happenings.find(({ event }) => event.origin === 'server');
  if (served) return letIn(session, `served with ${served.event.type}`, served.at);
  if (isLetIn(session, WATCH_MS) && welcomed !== null && closing !== null) {
    const [afterMs, longMs] = [welcomed.at.atMs - at.atMs, closing.atMs - welcomed.at.atMs].map(Math.round);
    return letIn(session, `welcomed ${afterMs} ms after it opened, and open ${longMs} ms later`, closing);
  }
  const closed = theirEnd(session);
  if (closed === null) {
    if (welcomed !== null) return { kind: 'open', why: 'it was welcomed, and then interrupted', at: welcomed.at };
    const silence = session.observations.findLast((seen) => seen.kind === 'gave-up') ?? closing ?? at;
    const waitedMs = Math.round(silence.atMs - at.atMs);
    return { kind: 'open', why: `it was neither welcomed nor closed within ${waitedMs} ms`, at: silence };
  }
  const said = complaintIn(session, closed);
  const stoodMs = welcomed === null ? null : Math.round(closed.atMs - welcomed.at.atMs);
  const refused = { kind: 'refused', answer: null, closed, said, stoodMs, dialled, at: closed } as const;
  if (isRefusal(closed, said !== null)) return { ...refused, where: welcomed === null ? 'open' : 'welcomed' };
  const reason = closed.reason === '' ? '' : ` "${closed.reason}"`;
  return { kind: 'open', why: `it was closed with ${closed.code}${reason}, which names no token`, at: closed };
}

/** The end of the connection, where it was the target that brought it about. */
function theirEnd({ closed, closing }: SessionRecord): Seen<'closed'> | null {
  if (closed === null || closed.how === 'local') return null;
  return closing === null || closed.seq < closing.seq ? closed : null;
}

/** What the target said of who we are before it closed. */
function complaintIn({ frames }: SessionRecord, closed: Observation): string | null {
  const said = frames
    .filter(({ at }) => at.seq < closed.seq)
    .flatMap(({ meanings }) => meanings)
    .find((meaning) => meaning.kind === 'error' && meaning.topic === 'auth');
  if (said?.kind !== 'error') return null;
  return said.code === null || said.code === said.message ? said.message : `${said.code}: ${said.message}`;
}

function isRefusal({ code, reason }: Seen<'closed'>, isSaid: boolean): boolean {
  if (isAboutOther(reason)) return false;
  return isSaid || AUTH_CODES.has(code) || saysAuth(reason);
}

function letIn(session: SessionRecord, how: string, at: Observation): TokenFate {
  const { welcomed } = session;
  const named = welcomed?.meaning.kind === 'welcome' ? welcomed.meaning.userId : null;
  return { kind: 'let-in', as: named, how, at: [welcomed?.at ?? at, at] };
}
