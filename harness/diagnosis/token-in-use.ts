import type { Observation, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { isExpired } from './token-life.ts';
import { wallOf } from './wall-of.ts';

/** The token that a session travelled with at an observation: every dial that carries one says so. `null`: it had none. */
export function tokenInUse(run: Run, at: Observation): Seen<'credentialed'> | null {
  const tokens = run.observations.filter((seen) => seen.kind === 'credentialed');
  return tokens.findLast(({ seq, session }) => session === at.session && seq < at.seq) ?? null;
}

/** Whether the token that a session travelled with had expired by our own clock at an observation. */
export function hasExpired(run: Run, at: Observation): boolean {
  const token = tokenInUse(run, at);
  return token !== null && isExpired(token, wallOf(run, at));
}
