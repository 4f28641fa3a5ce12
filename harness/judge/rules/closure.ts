import type { SessionRecord } from '../../timeline/run.ts';
import { broken, doubt, eachSession, type Finding, kept, rulingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Our close is answered by a close frame. */
export const clean: Rule = {
  id: 'closure/clean',
  statement: 'SHOULD complete the closing handshake that a client begins',
  because: 'a close without a handshake looks like a lost connection, and clients reconnect',
  judge: (run) => rulingOf(eachSession(run, (session) => (isCutByUs(session) ? [] : [end(session)]))),
};

/** Who is cut off has no handshake to complete. */
function isCutByUs({ observations }: SessionRecord): boolean {
  return observations.some((seen) => seen.kind === 'faulted');
}

function end(session: SessionRecord): Finding {
  const { closing, closed, session: name } = session;
  const expected = `a close frame in answer to ours on session ${name}`;
  if (closed === null) {
    return closing === null ? doubt(`session ${name} was still open`) : broken(expected, 'none came', closing);
  }
  if (closing === null || closed.seq < closing.seq) {
    return broken(expected, `the target closed first: ${closed.code} ${closed.how}`, closed);
  }
  return closed.how === 'frame'
    ? kept(closed)
    : broken(expected, `the connection ended by ${closed.how}`, closing, closed);
}
