import type { Rig } from '../session/rig.ts';
import type { Seen } from '../timeline/observation.ts';

/** What a session's dials came to: how many there were, and how the last one ended. */
export function dialled(
  rig: Rig,
  session: string,
): { readonly attempts: number; readonly last: Seen<'opened' | 'refused' | 'failed'> | null } {
  const last = rig.recorder.observations.findLast(
    (seen) => seen.session === session && (seen.kind === 'opened' || seen.kind === 'refused' || seen.kind === 'failed'),
  );
  const ended = last?.kind === 'opened' || last?.kind === 'refused' || last?.kind === 'failed' ? last : null;
  return { attempts: ended?.attempt ?? 0, last: ended };
}
