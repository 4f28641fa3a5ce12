import type { Rig } from '../session/rig.ts';
import type { Credential, Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';

/** The persona that follow-ups use. */
export const FRESH = 'stranger';

/** A user that this run has not used yet, where the credentials give one; else the same one again. Without a token where none is to be had, which is noted. */
export async function freshUser(
  rig: Rig,
  wallet: Wallet,
  on: string,
): Promise<{ readonly persona: string; readonly credential: Credential | null }> {
  const result = await wallet.obtain(persona(FRESH, rig.runId));
  if (result.ok) return { persona: FRESH, credential: result.credential };
  const text = `no credential for a fresh user: ${result.detail}`;
  rig.recorder.note(on, { kind: 'noted', topic: 'follow-up', text });
  return { persona: FRESH, credential: null };
}
