import type { Rig } from './rig.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';

/** Asks in the protocol's own words for what a turn missed while its user was away; nothing where there are no such words. */
export function askForMissed({ profile, clock }: Rig, session: Session, { last }: Turn): void {
  const atIso = new Date(clock.wallMs()).toISOString();
  const request = profile.recovery?.({
    threadId: last?.threadId ?? null,
    lastMessageId: last?.eventId ?? null,
    atIso,
  });
  if (request !== undefined) session.send(request);
}
