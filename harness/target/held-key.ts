import { Secret } from '../kernel/secret.ts';
import { type AuthQuestion, minting } from './auth-plan.ts';
import type { Signing } from './settings.ts';

/** What the target verifies tokens with, where it was given to us, whichever way this run comes by its own; `null`: it was not. */
export function heldKey(question: AuthQuestion): Signing | null {
  const { plan } = minting(question);
  const signing = plan?.mode === 'mint' ? plan.signing : null;
  const { embedded } = question;
  // The embedded target has one secret, whatever key the surroundings hold for another.
  if (signing === null || embedded === null) return signing;
  return { ...signing, algorithm: 'HS256', key: new Secret(embedded.jwtSecret) };
}
