import { type DialPlan, dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Facts, Probe } from '../timeline/observation.ts';
import { troubleWords } from '../timeline/trouble-words.ts';
import { dialled } from './dialled.ts';

type Plan = Pick<DialPlan, 'credential' | 'path' | 'origin' | 'persona'>;

/**
 * Asks for one more upgrade, once, and notes on session `on` what came of it: `facts.opened`, the answer or the trouble,
 * and what `then` finds out on the open socket. The session that it opens is closed before this resolves; its own
 * observations stand under `<on>:<probe>`.
 */
export async function upgradeProbe(
  rig: Rig,
  on: string,
  probe: Probe,
  plan: Plan,
  then: (session: Session) => Promise<Facts> = async () => ({}),
): Promise<boolean> {
  const startedMs = rig.clock.nowMs();
  const name = freshName(rig, `${on}:${probe}`);
  const session = await dial(rig, { ...plan, session: name, role: 'probe', tries: 1 });
  const tookMs = rig.clock.nowMs() - startedMs;
  const { last } = dialled(rig, name);
  const opened = session.open || last?.kind === 'opened';
  const answer = last?.kind === 'refused' ? last.answer : null;
  const trouble = last?.kind === 'failed' ? { phase: last.phase, code: last.code, message: last.message } : null;
  const detail = opened
    ? 'let in'
    : answer
      ? `refused with ${answer.status}`
      : trouble
        ? troubleWords(trouble)
        : 'no answer';
  const more = opened ? await then(session) : {};
  const facts = { opened, ...(plan.origin === undefined ? {} : { origin: plan.origin ?? 'none' }), ...more };
  rig.recorder.note(on, { kind: 'probed', rung: 'upgrade', probe, ok: opened, tookMs, answer, trouble, facts, detail });
  await session.close();
  return opened;
}

/** A session name that this timeline has not seen. */
function freshName(rig: Rig, wanted: string): string {
  const taken = rig.recorder.observations.filter((seen) => seen.kind === 'joined' && seen.session.startsWith(wanted));
  return taken.length === 0 ? wanted : `${wanted}-${taken.length + 1}`;
}
