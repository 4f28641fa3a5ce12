import { createHash } from 'node:crypto';
import type { Rig } from './rig.ts';

/** The request of one turn: its id, and the frames that ask it. */
export type Asking = { readonly turn: string; readonly frames: readonly string[] };

/** Builds the request of a session's n-th turn. Its prompt ends in a marker of its own, by which strays are recognised. */
export function questionOf(
  rig: Rig,
  of: {
    readonly session: string;
    readonly number: number;
    readonly prompt: string | null;
    readonly threadId: string | null;
  },
): Asking {
  const { settings, profile, runId, clock } = rig;
  const turn = `${of.session}#${of.number}`;
  const marker = createHash('sha256').update(`${runId} ${turn}`).digest('hex').slice(0, 12);
  const prompt = of.prompt ?? settings.prompt ?? profile.defaultPrompt;
  const frames = profile.request({
    prompt: `${prompt} [ref ${marker}]`,
    runId: `run-${marker}`,
    threadId: of.threadId ?? `thread-${runId}-${of.session.replaceAll(':', '-')}`,
    requestType: settings.requestType ?? profile.defaultRequestType,
    atIso: new Date(clock.wallMs()).toISOString(),
    messageId: `message-${marker}`,
  });
  return { turn, frames };
}
