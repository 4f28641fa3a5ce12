import type { Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp, foundNobody, wasLetIn } from '../follow-ups.ts';
import { spanOf } from '../place.ts';
import { brokeBefore } from './broken-frame.ts';
import { idleCut } from './idle-cut.ts';
import { repetitionAfter } from './repetition.ts';
import { unlessStalled } from './stalled-end.ts';
import { lastFrame, phaseOf, type Standing, whenOf } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

const CRASHED: Rival = {
  cause: 'handler-crashed',
  check: 'does the same request on a fresh connection end the same way, and is there a traceback in the log?',
};
const LOST: Rival = { cause: 'connection-lost', check: 'was a worker killed or restarted at this moment?' };
/** We wrote to what the peer had ended: it was an end like a FIN, seen from the other side. */
const EPIPE = 'EPIPE';
const CLOSED: Rival = { cause: 'closed-early', check: 'does a fresh connection stay open?' };

/** Why a session ended without a close frame before its end: a limit, a reset, or a FIN that only follow-ups explain. */
export const torn: OfStanding = (run, _, standing) => {
  const { end } = standing;
  if (end === null || end.how === 'frame' || end.how === 'local' || brokeBefore(standing, end)) return null;
  const limit = idleCut(standing, end);
  const found =
    limit ?? (end.how === 'fin' || end.socketCode === EPIPE ? finished(run, standing, end) : cut(standing, end));
  return unlessStalled(run, standing, end, found);
};

function cut(standing: Standing, end: Seen<'closed'>): Diagnosis {
  const words = end.how === 'reset' ? 'was reset' : 'no longer carried anything and was given up by the kernel';
  const code = end.socketCode === null ? '' : ` (${end.socketCode})`;
  return diagnosisOf({ ...found(standing, end, `${words}${code}`), cause: 'connection-lost', answeredBy: 'network' });
}

function finished(run: Run, standing: Standing, end: Seen<'closed'>): Diagnosis {
  const words =
    end.socketCode === EPIPE
      ? 'was found ended, without a close frame, when we wrote (EPIPE)'
      : 'ended without a close frame';
  const seen = { ...found(standing, end, words), answeredBy: 'none' } as const;
  const fresh = followUp(run, 'fresh-upgrade', end.seq);
  const health = followUp(run, 'backend-health', end.seq);
  const nobody = [fresh, health].find((probe) => probe !== null && foundNobody(probe)) ?? null;
  const alive = (fresh !== null && wasLetIn(fresh)) || (health !== null && !foundNobody(health));
  const evidence = evidenceOf(end, lastFrame(standing), fresh, health);
  if (nobody !== null) {
    const summary = `${seen.summary}; afterwards ${nobody.detail}`;
    return diagnosisOf({
      ...seen,
      cause: 'connection-lost',
      confidence: 'likely',
      rivals: [CRASHED],
      summary,
      evidence,
    });
  }
  const repetition = repetitionAfter(run, end.seq);
  if (repetition !== null)
    return repeated(seen, repetition, evidenceOf(end, lastFrame(standing), fresh, health, repetition.at));
  if (standing.stage !== 'stream') {
    return alive
      ? diagnosisOf({ ...seen, cause: 'closed-early', confidence: 'likely', rivals: [LOST], evidence })
      : diagnosisOf({ ...seen, cause: 'connection-lost', confidence: 'ambiguous', rivals: [CLOSED], evidence });
  }
  return alive
    ? diagnosisOf({ ...seen, cause: 'handler-crashed', confidence: 'ambiguous', rivals: [LOST], evidence })
    : diagnosisOf({ ...seen, cause: 'connection-lost', confidence: 'ambiguous', rivals: [CRASHED], evidence });
}

function repeated(
  seen: Pick<Finding, 'phase' | 'answeredBy' | 'summary'>,
  { fared }: NonNullable<ReturnType<typeof repetitionAfter>>,
  evidence: Finding['evidence'],
): Diagnosis {
  switch (fared) {
    case 'through': {
      const summary = `${seen.summary}; the same request on a fresh connection went through`;
      return diagnosisOf({
        ...seen,
        cause: 'connection-lost',
        confidence: 'likely',
        rivals: [CRASHED],
        summary,
        evidence,
      });
    }
    case 'the-same': {
      const summary = `${seen.summary}; so did the same request on a fresh connection`;
      return diagnosisOf({
        ...seen,
        cause: 'handler-crashed',
        confidence: 'likely',
        rivals: [LOST],
        summary,
        evidence,
      });
    }
    case 'otherwise': {
      const summary = `${seen.summary}; the same request on a fresh connection ended in yet another way`;
      return diagnosisOf({
        ...seen,
        cause: 'connection-lost',
        confidence: 'ambiguous',
        rivals: [CRASHED],
        summary,
        evidence,
      });
    }
    default:
      return fared satisfies never;
  }
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
