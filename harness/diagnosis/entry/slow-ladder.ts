import { ownLateness } from '../../judge/own-lateness.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { spanOf } from '../place.ts';

/** A ladder climbed for its own sake has no rule that times it: a connection over the connect max is named here, unless we were late ourselves. */
export const slowLadder: Family = (run) => {
  if (run.header.rules.length > 0) return null;
  const { maxMs } = run.header.budgets.connect;
  for (const { role, opened } of run.sessions) {
    if (role !== 'ladder' || opened === null) continue;
    const own = ownLateness(run, opened.atMs - opened.tookMs, opened.atMs);
    if (opened.tookMs - maxMs <= own.boundMs) continue;
    return diagnosisOf({
      cause: 'connection-slow',
      phase: 'upgrade',
      answeredBy: 'network',
      summary: `the connection opened after ${spanOf(opened.tookMs)}, and ${spanOf(maxMs)} was the most`,
      evidence: evidenceOf(opened),
    });
  }
  return null;
};
