import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { wasUnwell } from '../../timeline/was-unwell.ts';
import { followUp, foundNobody } from '../follow-ups.ts';

/** The follow-up after observation `seq` that found nobody: a fresh connection, or a health that was well before; `null`: none did. */
export function nobodyThere(run: Run, seq: number): Seen<'probed'> | null {
  const fresh = followUp(run, 'fresh-upgrade', seq);
  if (fresh !== null && foundNobody(fresh)) return fresh;
  const health = followUp(run, 'backend-health', seq);
  if (health === null || !foundNobody(health)) return null;
  // A health that hangs decides nothing beside a fresh connection; nor does one that was a server error before.
  const isNews = health.answer === null ? fresh === null : !wasUnwell(run.observations, seq);
  return isNews ? health : null;
}
