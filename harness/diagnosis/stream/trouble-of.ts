import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { announced } from './announced.ts';
import { brokenFrame } from './broken-frame.ts';
import { closeFrame } from './close-frame.ts';
import { noWelcome } from './no-welcome.ts';
import { noticeOn } from './notice.ts';
import { noticed } from './noticed.ts';
import { ownCut } from './own-cut.ts';
import { silence } from './silence.ts';
import { spokenError } from './spoken-error.ts';
import type { Standing } from './standing.ts';
import { torn } from './torn.ts';

/** What may have kept one session from its end, or `null` where nothing of its kind is there. */
export type OfStanding = (run: Run, ruled: readonly Ruled[], standing: Standing) => Diagnosis | null;

/** The first that finds something explains what comes after it. */
const FAMILIES: readonly OfStanding[] = [
  spokenError,
  brokenFrame,
  closeFrame,
  torn,
  ownCut,
  silence,
  announced,
  noWelcome,
];

/** Why one session did not come to its end, by what happened on it; `null` where only its promises tell. */
export const troubleOf: OfStanding = (run, ruled, standing) => {
  for (const family of FAMILIES) {
    const diagnosis = family(run, ruled, standing);
    if (diagnosis !== null) return noticed(diagnosis, noticeOn(standing.session, standing.turn), standing.end);
  }
  return null;
};
