import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Rival } from '../diagnosis.ts';
import type { Finding } from '../finding.ts';
import { flowAfter, flowWords } from '../flow-after.ts';
import { followUp, probedOn } from '../follow-ups.ts';

const STARTING: Rival = {
  cause: 'not-ready',
  check: 'does the same request get its events once health is good again?',
};
const HUNG: Rival = { cause: 'process-stalled', check: 'does the health endpoint answer, and a fresh upgrade open?' };

/** What else is known of the silence in a run: evidence, and words for its sentence and for what to do. */
export type Heard = Pick<Finding, 'confidence' | 'rivals'> & {
  readonly words: string;
  readonly next: string | null;
  readonly evidence: readonly (Seen<'probed'> | null)[];
};

/**
 * How much of the target still lived while a run was silent. A ping that is answered, and one in the protocol's own words
 * that is not, although a fresh connection answers it: this connection's message loop is dead.
 */
export function whetherHeard(run: Run, session: string, sinceSeq: number): Heard {
  const ping = probedOn(run, session, 'ping');
  const own = probedOn(run, session, 'application-ping');
  const elsewhere = followUpElsewhere(run);
  const health = followUp(run, 'backend-health', sinceSeq);
  const evidence = [ping, own, elsewhere, health];
  const standing = standingOf(health);
  if (ping?.ok === false) {
    const asked = run.observations.findLast((seen) => seen.kind === 'pinged' && seen.session === session);
    const flow = asked === undefined ? null : flowAfter(run, asked);
    const words = flow === null ? '' : `; a ping is not answered, although ${flowWords(flow)}`;
    return { ...standing, evidence, words, next: null };
  }
  if (ping === null || own === null) return { ...standing, evidence, words: '', next: null };
  if (own.ok)
    return {
      ...standing,
      evidence,
      words: '; ping and JSON ping are answered, so its message loop lives',
      next: 'messages are still read there: follow the request from its handler to the agent, and the events back',
    };
  if (elsewhere?.ok === true)
    return {
      ...standing,
      evidence,
      words:
        '; a ping is answered and a JSON ping is not, while a fresh connection answers both: its message loop is dead',
      next: 'the message loop of this connection is dead (it ended, or waits inside a handler): look for a handler that never returns, or whose task died',
    };
  return {
    ...standing,
    evidence,
    words: '; a ping is answered and a JSON ping is not: its message loop is dead, or nobody there answers JSON pings',
    next: 'the process lives and reads no message: look for a message loop that ended or waits inside a handler',
  };
}

function standingOf(health: Seen<'probed'> | null): Pick<Finding, 'confidence' | 'rivals'> {
  if (health === null || (health.answer !== null && health.answer.status < 500)) return {};
  return { confidence: 'likely', rivals: [health.answer === null ? HUNG : STARTING] };
}

/** The same JSON ping on a connection that a probe opened afterwards. */
function followUpElsewhere(run: Run): Seen<'probed'> | null {
  const probes = run.sessions.filter(({ role }) => role === 'probe');
  const found = probes.map(({ session }) => probedOn(run, session, 'application-ping'));
  return found.findLast((probe) => probe !== null) ?? null;
}
