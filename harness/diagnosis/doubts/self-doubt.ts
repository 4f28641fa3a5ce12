import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { exhaustedMeanwhile } from './exhausted-meanwhile.ts';
import { expiredMeanwhile } from './expired-meanwhile.ts';
import { givenUpOn } from './given-up-on.ts';
import { shortWatch } from './short-watch.ts';
import { spoiltProbe } from './spoilt-probe.ts';

const DOUBTS = [exhaustedMeanwhile, expiredMeanwhile, spoiltProbe, shortWatch, givenUpOn];

/** `found`, unless our own lateness may have made it so. */
export function unlessOurs(run: Run, found: Diagnosis): Diagnosis {
  if (found.domain === 'harness') return found;
  for (const doubt of DOUBTS) {
    const own = doubt(run, found);
    if (own !== null) return own;
  }
  return found;
}
