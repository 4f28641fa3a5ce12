import { dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import { staysOpen } from '../session/stays-open.ts';
import type { Credential } from '../target/credentials.ts';
import { type TokenKind, tokenSession } from '../timeline/token-kinds.ts';

/** How long after a max budget a refusal still counts; all of a run's grace, for each token, would outlast the command. */
const GRACE_MS = 2000;

/**
 * Dials once with a token that must be refused, waits for the welcome or the refusal, and watches a connection that was
 * welcomed for `staysMs`. All that comes of it is in the timeline, on a session of the kind's name; what it proves is for the rules to say.
 */
export async function tryToken(
  rig: Rig,
  of: {
    readonly kind: TokenKind;
    readonly persona: string;
    readonly credential: Credential | null;
    readonly staysMs: number;
  },
): Promise<void> {
  const { kind, persona, credential } = of;
  const graceMs = Math.min(rig.settings.graceMs, GRACE_MS);
  const brief: Rig = { ...rig, settings: { ...rig.settings, graceMs } };
  const session = await dial(brief, { session: tokenSession(kind), persona, role: 'probe', credential, tries: 1 });
  if (!session.open) return;
  if (await session.welcomed()) await staysOpen(rig, session, of.staysMs);
  await session.close();
}
