import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';

/** A fallback that answered in the agent's place, and said so: never a pass, whatever events it made. */
export const fakedRun: Family = (run) => {
  for (const { turn, frames, asked } of run.turns) {
    for (const { at, meanings } of frames) {
      const fallback = meanings.find(({ kind }) => kind === 'fallback');
      if (fallback?.kind !== 'fallback') continue;
      return diagnosisOf({
        cause: 'run-faked',
        phase: 'stream',
        answeredBy: 'app',
        summary: `${fallback.type} answered turn ${turn} in place of the agent: ${fallback.message}`,
        evidence: evidenceOf(asked, at),
      });
    }
  }
  return null;
};
