import type { Observation } from '../timeline/observation.ts';
import type { SessionRecord } from '../timeline/run.ts';

/**
 * What a session's end leaves open. `unclimbed`: a rung of the ladder broke before it dialled; `unauthorised`: 401 or 403 at the upgrade; `unresolved`: its name; `unopened`: anything
 * else before it opened; `unspoken`: the port was reached and did not speak HTTP; `silent`: we gave up on an open connection; `cut`: it was closed on us, with a frame or by the
 * network; `vanished`: it ended in order without a frame in the middle of a run, as after a crashed handler or a killed worker.
 */
export type Trouble =
  | 'unclimbed'
  | 'unauthorised'
  | 'unresolved'
  | 'unspoken'
  | 'unopened'
  | 'silent'
  | 'cut'
  | 'vanished';

/** What a port that speaks something else than plain HTTP does to a plain request. */
const UNSPOKEN: ReadonlySet<string> = new Set(['HPE_INVALID_CONSTANT', 'HPE_INVALID_VERSION', 'ECONNRESET', 'HANG_UP']);

/** The trouble that a session ended in, or `null` where it ended as it should. */
export function troubleIn(session: SessionRecord): Trouble | null {
  const { observations, opened, closed, closing, turns } = session;
  if (opened === null) return unopened(session);
  if (observations.some((seen) => seen.kind === 'gave-up')) return 'silent';
  const last = turns.at(-1);
  const answered = last?.settled?.because === 'complete' || last?.settled?.because === 'quiet';
  // What a fault of ours took away says nothing about the target.
  const faulted = observations.some((seen) => seen.kind === 'faulted');
  if (closed === null || closing !== null || answered || faulted) return null;
  // Who writes to a connection that the peer has ended meets EPIPE before the end itself is read.
  const vanished = closed.how === 'fin' || closed.socketCode === 'EPIPE';
  return vanished && last !== undefined ? 'vanished' : 'cut';
}

function unopened({ observations }: SessionRecord): Trouble | null {
  const last = observations.findLast((seen) => seen.kind === 'refused' || seen.kind === 'failed');
  const broken = last === undefined ? observations.findLast(isBrokenRung) : undefined;
  if (broken !== undefined) return isUnspokenHealth(broken) ? 'unspoken' : 'unclimbed';
  if (last?.kind === 'refused')
    return last.answer.status === 401 || last.answer.status === 403 ? 'unauthorised' : 'unopened';
  if (last?.kind !== 'failed' || last.phase === 'configuration') return null;
  if (last.phase === 'upgrade' && UNSPOKEN.has(last.code)) return 'unspoken';
  return last.phase === 'dns' ? 'unresolved' : 'unopened';
}

/** Settings that cannot be used are nobody's to follow up. */
function isBrokenRung(seen: Observation): boolean {
  return seen.kind === 'probed' && seen.probe === 'rung' && !seen.ok && seen.rung !== 'configuration';
}

/** A ladder that met such a port stops before it dials: its health rung asked there first. */
function isUnspokenHealth(seen: Observation): boolean {
  if (seen.kind !== 'probed' || seen.probe !== 'rung' || seen.rung !== 'health' || seen.ok) return false;
  return seen.trouble?.phase === 'health' && UNSPOKEN.has(seen.trouble.code);
}
