import type { Run } from '../../timeline/run.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { interruptionOf } from '../interruption.ts';
import { spanOf } from '../place.ts';
import { lateWords } from '../stalls.ts';
import { stallBefore } from './stalled-end.ts';
import { lastFrame, phaseOf, type Standing, whenOf } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

/** What our session notes of a cut that came while it answered pings. */
const PONG_LIMIT = 'AUTO_PONG_LIMIT';
/** From how many pings in one moment a cut is put down to them: as many as `ws` lets wait unless it is told otherwise. */
const MOST_PINGS = 60;
const MOMENT_MS = 1000;
const FLOOD: Rival = {
  cause: 'frame-invalid',
  check: 'does timeline.jsonl show pings of the target by the dozen in one moment (was-pinged)? then it floods us',
};

/** A connection that our own side cut although nobody here had asked for it: what then did not come proves nothing. */
export const ownCut: OfStanding = (run, _, standing) => {
  const { cut } = standing;
  const interrupted = interruptionOf(run);
  if (cut === null || (interrupted !== null && interrupted.seq < cut.seq)) return null;
  return cutByUs(run, standing, cut);
};

function cutByUs(run: Run, standing: Standing, cut: NonNullable<Standing['cut']>): Diagnosis {
  const stall = stallBefore(run, standing, cut, 0);
  const isPongLimit = cut.socketCode === PONG_LIMIT || isFlooded(standing, cut);
  const code = cut.socketCode === null ? '' : ` (${cut.socketCode})`;
  const ended = `our own side cut the connection${code} ${whenOf(standing)}, ${spanOf(cut.atMs - standing.opened.atMs)} after it opened`;
  const seen = {
    phase: phaseOf(standing),
    answeredBy: 'client',
    confidence: 'likely',
    rivals: [FLOOD],
    evidence: evidenceOf(standing.opened, lastFrame(standing), cut, stall?.at),
  } as const;
  if (stall === null && !isPongLimit)
    return diagnosisOf({
      ...seen,
      cause: 'harness-crashed',
      summary: `${ended}, and nobody had asked for it`,
      hint: 'run again; if it ends so again, report it together with timeline.jsonl: it says nothing about the target',
    });
  const why = stall === null ? 'more pings came in one moment than we answer' : lateWords(stall);
  return diagnosisOf({ ...seen, cause: 'harness-stalled', summary: `${why}: ${ended}` });
}

function isFlooded({ session }: Standing, cut: NonNullable<Standing['cut']>): boolean {
  const pings = session.observations.filter(({ kind, atMs }) => kind === 'was-pinged' && cut.atMs - atMs <= MOMENT_MS);
  return pings.length >= MOST_PINGS;
}
