import { dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import { staysOpen } from '../session/stays-open.ts';
import type { Credential } from '../target/credentials.ts';
import { type TokenKind, tokenSession } from '../timeline/token-kinds.ts';

/** How long after a max budget a refusal still counts; all of a run's grace, for each token, would outlast the command. */
const GRACE_MS = 2000;

/** How long its question waits for a handshake's confirmation: whoever is thrown out late has less time than a user. */
const CONFIRMED_MS = 500;

/** A connection that was welcomed, and is watched still. */
export type Watch = { readonly over: Promise<void> };

const NOTHING: Watch = { over: Promise.resolve() };

/**
 * Dials once with a token that must be refused and waits for the welcome or the refusal; whoever was welcomed asks once, as a
 * user would, where `asks` says so, is watched for `staysMs` from then on, and closed. All that comes of it is in the timeline,
 * on a session of the kind's name; what it proves is for the rules to say.
 */
export async function tryToken(
  rig: Rig,
  of: {
    readonly kind: TokenKind;
    readonly persona: string;
    readonly credential: Credential | null;
    readonly asks: boolean;
    readonly staysMs: number;
  },
): Promise<Watch> {
  const { kind, persona, credential } = of;
  const graceMs = Math.min(rig.settings.graceMs, GRACE_MS);
  const brief: Rig = { ...rig, settings: { ...rig.settings, graceMs } };
  const session = await dial(brief, { session: tokenSession(kind), persona, role: 'probe', credential, tries: 1 });
  if (session.open && (await session.welcomed(CONFIRMED_MS))) {
    // Nobody waits for the answer: whether any comes is seen while it is watched.
    if (of.asks && session.open) session.ask(null).interrupt();
    return { over: watched(rig, session, of.staysMs) };
  }
  await session.close();
  return NOTHING;
}

async function watched(rig: Rig, session: Session, forMs: number): Promise<void> {
  await staysOpen(rig, session, forMs);
  await session.close();
}
