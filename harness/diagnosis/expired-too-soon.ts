import type { Observation } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import type { CauseCode } from './causes.ts';
import type { Rival } from './diagnosis.ts';
import type { Finding } from './finding.ts';
import { spanOf } from './place.ts';
import { tokenInUse } from './token-in-use.ts';
import { TOKEN_RESOLUTION_MS } from './token-life.ts';
import { wallOf } from './wall-of.ts';

const SAYS_EXPIRED = /\bexpired?\b|\bexpiry\b/i;

const CLOCK: Rival = {
  cause: 'clock-skew',
  check: 'does the clock of the target agree with ours, and with a time server?',
};

/**
 * What is left of a target's word that the token has expired, where by our own clock it has not: no certainty, its clock and
 * its own idea of a session as rivals. `null` where the words say nothing of an expiry, or the token has one that passed.
 */
export function expiredTooSoon(
  run: Run,
  at: Observation,
  words: string,
  application: CauseCode,
): Required<Pick<Finding, 'confidence' | 'rivals' | 'hint'>> | null {
  const expiresAtMs = tokenInUse(run, at)?.expiresAtMs ?? Number.NaN;
  const leftMs = expiresAtMs - wallOf(run, at);
  if (!SAYS_EXPIRED.test(words.replaceAll('_', ' ')) || !(leftMs > TOKEN_RESOLUTION_MS)) return null;
  const session: Rival = {
    cause: application,
    check: 'does the application end sessions, or forget tokens, sooner than their `exp` says?',
  };
  return {
    confidence: 'likely',
    rivals: [CLOCK, session],
    hint: `by our own clock the token is valid for another ${spanOf(leftMs)}: compare the clock of the target with ours, then see by which expiry the application goes`,
  };
}
