import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { brokenContent } from '../promises/broken-content.ts';
import { expiredMeanwhile } from './expired-meanwhile.ts';
import { shortWatch } from './short-watch.ts';
import { spoiltProbe } from './spoilt-probe.ts';

const DOUBTS = [expiredMeanwhile, spoiltProbe, shortWatch];

/** `found`, unless our own lateness may have made it so; what the target broke by what it did send stays broken all the same. */
export function unlessOurs(run: Run, ruled: readonly Ruled[], found: Diagnosis): Diagnosis {
  if (found.domain === 'harness' || run.stalls.length === 0) return found;
  for (const doubt of DOUBTS) {
    const own = doubt(run, found);
    if (own !== null) return brokenContent(run, ruled) ?? own;
  }
  return found;
}
