import { runName } from '../../judge/run-name.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { nobodyThere } from './nobody-there.ts';
import { type Notice, noticeOn } from './notice.ts';
import { inDoubt } from './noticed.ts';
import { quoteOf } from './spoken.ts';
import { unlessStalled } from './stalled-end.ts';
import { phaseOf, type Standing } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

const STALLED: Rival = {
  cause: 'run-stalled',
  check: 'does the same request come to its end once the target is back?',
};
const UNGREETED: Rival = {
  cause: 'welcome-missing',
  check: 'does a fresh connection get a welcome once the target is back?',
};

/**
 * A connection that stays open and falls silent after the target has said that its platform goes away. Follow-ups that find
 * nobody there decide; else a lost connection that it names stands in the place of events, and an announced restart decides nothing.
 */
export const announced: OfStanding = (run, _, standing) => {
  const notice = noticeOn(standing.session, standing.turn);
  return notice && (gone(run, standing, notice) ?? lost(run, standing, notice));
};

function gone(run: Run, standing: Standing, notice: Notice): Diagnosis | null {
  const nobody = nobodyThere(run, notice.at.seq);
  if (nobody === null) return null;
  return diagnosisOf({
    cause: 'connection-lost',
    phase: phaseOf(standing),
    answeredBy: 'app',
    confidence: 'likely',
    rivals: [standing.stage === 'welcome' ? UNGREETED : STALLED],
    summary: `${sentence(standing, notice)}, and then nothing more; afterwards ${nobody.detail}`,
    evidence: evidenceOf(notice.at, standing.turn?.sent, nobody),
  });
}

function lost(run: Run, standing: Standing, notice: Notice): Diagnosis | null {
  if (notice.word.kind === 'shutdown' || standing.stage !== 'stream') return null;
  const found = diagnosisOf({
    cause: 'run-failed',
    phase: 'stream',
    answeredBy: 'app',
    summary: sentence(standing, notice),
    evidence: evidenceOf(notice.at, standing.turn?.sent),
  });
  return unlessStalled(run, standing, notice.at, inDoubt(found, notice));
}

function sentence({ turn, session }: Standing, notice: Notice): string {
  return `the target said ${quoteOf(notice)} to ${turn === null ? `session ${session.session}` : runName(turn)}`;
}
