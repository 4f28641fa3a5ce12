import { saysNotReady, saysStartupTimeout } from '../protocol/wording.ts';
import { meaningsOf } from '../timeline/meanings.ts';
import { type DialPlan, dialAgain } from './dial.ts';
import { restMsAfter } from './retry.ts';
import type { Rig } from './rig.ts';
import type { Session } from './session.ts';
import { tryAgain } from './try-again.ts';

/** The codes of a server that is not there yet, or not any more. */
const AWAY: ReadonlySet<number> = new Set([1001, 1011, 1013]);
const GREETINGS: ReadonlySet<string> = new Set(['welcome', 'handshake', 'event']);

/**
 * Waits for the welcome of a connection that was dialled by this plan, and dials again, as often and after the same waits
 * as a dial does, where it is closed before that with the words of a target that is not ready. The last connection.
 */
export async function untilWelcomed(rig: Rig, plan: DialPlan, first: Session): Promise<Session> {
  const { observations } = rig.recorder;
  const used = observations.findLast((seen) => seen.kind === 'dialled' && seen.session === plan.session);
  const before = used?.kind === 'dialled' ? used.attempt : 1;
  const { session } = await tryAgain(rig, {
    tries: (plan.tries ?? rig.settings.dialTries) - before + 1,
    attempt: async (number) => {
      const next = number === 1 ? { session: first, outcome: null } : await dialAgain(rig, plan, before + number - 1);
      await next.session.welcomed();
      return next;
    },
    restMs: ({ outcome }) =>
      outcome !== null && outcome.kind !== 'opened' ? restMsAfter(outcome) : isTurnedAway(rig, plan.session) ? 0 : null,
  });
  return session;
}

/** Closed before a welcome and before anything was asked, by a target that says that it is not ready. */
function isTurnedAway({ recorder, profile }: Rig, name: string): boolean {
  const all = recorder.observations.filter(({ session }) => session === name);
  const since = all.slice(
    all.findLastIndex(({ kind }) => kind === 'opened' || kind === 'refused' || kind === 'failed'),
  );
  const closed = since.find((seen) => seen.kind === 'closed');
  if (closed?.kind !== 'closed' || closed.how !== 'frame' || !AWAY.has(closed.code)) return false;
  if (!saysNotReady(closed.reason) && !saysStartupTimeout(closed.reason)) return false;
  return !since.some(
    (seen) =>
      seen.kind === 'asked' ||
      seen.kind === 'closing' ||
      (seen.kind === 'received' && meaningsOf(seen, profile).some(({ kind }) => GREETINGS.has(kind))),
  );
}
