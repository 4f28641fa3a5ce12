import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp, foundNobody, wasLetIn } from '../follow-ups.ts';
import { nobodyThere } from './nobody-there.ts';
import { type Repetition, repetitionAfter } from './repetition.ts';
import { lastFrame, NO_RUN_YET, type Standing } from './standing.ts';

const CRASHED: Rival = {
  cause: 'handler-crashed',
  check: 'does the same request on a fresh connection end the same way, and is there a traceback in the log?',
};
const LOST: Rival = { cause: 'connection-lost', check: 'was a worker killed or restarted at this moment?' };
const CLOSED: Rival = { cause: 'closed-early', check: 'does a fresh connection stay open?' };

const UNREAD = '; nothing shows that the request was read: our ping right before it got no answer either';

type Weight = Pick<Finding, 'cause'> & { readonly confidence: 'likely' | 'ambiguous'; readonly words: string };

/** Why a connection ended in order without a close frame: a follow-up that finds nobody tells, then the same request once more. */
export function vanished(
  run: Run,
  standing: Standing,
  end: Seen<'closed'>,
  seen: Pick<Finding, 'phase' | 'summary'>,
): Diagnosis {
  const fresh = followUp(run, 'fresh-upgrade', end.seq);
  const health = followUp(run, 'backend-health', end.seq);
  const repetition = repetitionAfter(run, end.seq);
  const unread = isUnread(standing);
  const { words, ...weight } =
    byFollowUp(fresh, nobodyThere(run, end.seq)) ??
    (repetition === null ? byLife(unread, standing, fresh, health) : byRepetition(repetition, unread));
  return diagnosisOf({
    ...seen,
    ...weight,
    answeredBy: 'none',
    ...(weight.cause === 'closed-early' ? { hint: NO_RUN_YET } : {}),
    rivals: rivalsOf(weight.cause, unread, standing),
    summary: `${seen.summary}${words}`,
    evidence: evidenceOf(end, lastFrame(standing), fresh, health, repetition?.at),
  });
}

type Probed = Seen<'probed'> | null;

/** A fresh connection decides before health does: who is not let in any more has lost its server, whatever that answers. */
function byFollowUp(fresh: Probed, nobody: Probed): Weight | null {
  if (nobody) return { cause: 'connection-lost', confidence: 'likely', words: `; afterwards ${nobody.detail}` };
  if (fresh === null || wasLetIn(fresh)) return null;
  const words = `; afterwards a fresh connection was ${fresh.detail}`;
  return { cause: 'connection-lost', confidence: 'ambiguous', words };
}

/**
 * Whether nothing shows that the request was ever read: our ping goes right before it, and neither its pong nor a frame
 * came back. The connection may have been closed before that, while the news of it was still on its way to us.
 */
function isUnread({ session, frames, turn }: Standing): boolean {
  if (turn === null) return false;
  const cameAfter = ({ seq }: { readonly seq: number }) => seq > turn.asked.seq;
  const answered = session.observations.some((at) => at.kind === 'ponged' && cameAfter(at));
  return !answered && !frames.some(({ at }) => cameAfter(at));
}

function byRepetition(repetition: Repetition, unread: boolean): Weight {
  switch (repetition.fared) {
    case 'through':
      return {
        cause: 'connection-lost',
        confidence: 'likely',
        words: '; the same request on a fresh connection went through',
      };
    case 'the-same': {
      const words = '; so did the same request on a fresh connection';
      if (unread) return { cause: 'closed-early', confidence: 'likely', words: `${words}${UNREAD}` };
      return { cause: 'handler-crashed', confidence: 'likely', words };
    }
    case 'otherwise': {
      const words = `; the same request on a fresh connection ended in yet another way: it ${repetition.words}`;
      return { cause: 'connection-lost', confidence: 'ambiguous', words };
    }
    default:
      return repetition satisfies never;
  }
}

function byLife(unread: boolean, { stage }: Standing, fresh: Probed, health: Probed): Weight {
  const alive = fresh !== null || (health !== null && !foundNobody(health));
  if (!alive) return { cause: 'connection-lost', confidence: 'ambiguous', words: '' };
  if (stage !== 'stream') return { cause: 'closed-early', confidence: 'likely', words: '' };
  return unread
    ? { cause: 'closed-early', confidence: 'ambiguous', words: UNREAD }
    : { cause: 'handler-crashed', confidence: 'ambiguous', words: '' };
}

function rivalsOf(cause: CauseCode, unread: boolean, { stage }: Standing): readonly Rival[] {
  const ofTheRequest = unread ? [CLOSED, CRASHED] : [CRASHED];
  const ours = stage === 'stream' ? ofTheRequest : [CLOSED];
  if (cause === 'connection-lost') return ours;
  return [LOST, ...ours.filter((rival) => rival.cause !== cause)];
}
