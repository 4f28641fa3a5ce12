import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { spanOf } from '../place.ts';
import { idleCut } from './idle-cut.ts';
import { unlessStalled } from './stalled-end.ts';
import { lastFrame, phaseOf, type Standing, whenOf } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';
import { vanished } from './vanished.ts';

/** We wrote to what the peer had ended: it was an end like a FIN, seen from the other side. */
const EPIPE = 'EPIPE';

/** Why a session ended without a close frame before its end: a limit, a reset, or a FIN that only follow-ups explain. */
export const torn: OfStanding = (run, _, standing) => {
  const { end } = standing;
  if (end === null) return null;
  const limit = idleCut(standing, end);
  const found =
    limit ?? (end.how === 'fin' || end.socketCode === EPIPE ? finished(run, standing, end) : cut(standing, end));
  return unlessStalled(run, standing, end, found);
};

function finished(run: Run, standing: Standing, end: Seen<'closed'>): Diagnosis {
  const words =
    end.socketCode === EPIPE
      ? 'was found ended, without a close frame, when we wrote (EPIPE)'
      : 'ended without a close frame';
  return vanished(run, standing, end, found(standing, end, words));
}

function cut(standing: Standing, end: Seen<'closed'>): Diagnosis {
  const words = end.how === 'reset' ? 'was reset' : 'no longer carried anything and was given up by the kernel';
  const code = end.socketCode === null ? '' : ` (${end.socketCode})`;
  return diagnosisOf({ ...found(standing, end, `${words}${code}`), cause: 'connection-lost', answeredBy: 'network' });
}

function found(
  standing: Standing,
  end: Seen<'closed'>,
  words: string,
): Pick<Finding, 'phase' | 'summary' | 'evidence'> {
  return {
    phase: phaseOf(standing),
    summary: `the connection ${words} ${whenOf(standing)}, ${spanOf(end.atMs - standing.opened.atMs)} after it opened`,
    evidence: evidenceOf(standing.opened, lastFrame(standing), end),
  };
}
