import { runName } from '../../judge/run-name.ts';
import { saysConnectionCap, saysOrigin } from '../../protocol/wording.ts';
import type { Run } from '../../timeline/run.ts';
import { credentialsRefused, skewOf } from '../credentials-refused.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { refusedOrigin } from '../entry/refused-origin.ts';
import { expiredTooSoon } from '../expired-too-soon.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { hasExpired } from '../token-in-use.ts';
import { quoteOf, type Saying, type Spoken, spokenIn, type Trouble } from './spoken.ts';
import { unlessStalled } from './stalled-end.ts';
import { phaseOf, type Standing, wasAdmitted } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

const POLICY_VIOLATION = 1008;
const SOMEBODY: Rival = { cause: 'run-failed', check: 'was it somebody else who refused the application?' };
const RESTART = 1012;
const OTHER_ORIGIN: Rival = { cause: 'run-failed', check: 'is the same connection with another Origin let stay?' };
const CLOSED: Rival = {
  cause: 'closed-early',
  check: 'does the platform log show a restart, deployment or scale-in at this moment?',
};

/** What the target said in so many words before a session ended, or in place of its events: it beats any close code. */
export const spokenError: OfStanding = (run, _, standing) => {
  const errors = spokenTo(standing, 'error');
  const credible = errors.filter((spoken) => isCredible(run, standing, spoken));
  const about = (topic: string): Spoken<'error'> | undefined => credible.find(({ word }) => word.topic === topic);
  const auth = about('auth');
  if (auth) return refused(run, standing, auth);
  const notReady = about('not-ready');
  if (notReady) return said(standing, notReady, 'not-ready');
  const connection = about('connection');
  if (connection) {
    const found = aboutUs(run, standing, connection) ?? aboutConnection(standing, connection);
    return found === null ? null : unlessStalled(run, standing, connection.at, found);
  }
  const platform = about('platform');
  const ours = platform ? aboutUs(run, standing, platform) : null;
  if (ours !== null) return ours;
  // What is said of the platform leaves it to the end, or to the silence, that follows.
  const others = errors.filter(({ word }) => word.topic !== 'platform');
  const failed = about('run') ?? spokenTo(standing, 'run-failed')[0] ?? others[0];
  if (failed) return said(standing, failed, 'run-failed');
  return goodbye(standing);
};

/** Whoever says goodbye and then leaves was taken away; a close that says restart leaves no doubt of it. */
function goodbye(standing: Standing): Diagnosis | null {
  const [shutdown] = spokenTo(standing, 'shutdown');
  if (shutdown === undefined || standing.end === null) return null;
  const found = said(standing, shutdown, 'connection-lost');
  return standing.end.code === RESTART ? found : { ...found, confidence: 'likely', rivals: [CLOSED] };
}

/**
 * Whether words about us are to be believed: before any event, in the code of an error, or where the end bears them out. Who
 * gets events was let in, on a service that was ready: its words are about somebody else then.
 */
function isCredible(run: Run, standing: Standing, { at, word }: Spoken<'error'>): boolean {
  if (word.coded || word.topic === 'run' || !wasAdmitted(standing, at)) return true;
  return word.topic === 'auth' && (standing.end?.code === POLICY_VIOLATION || hasExpired(run, at));
}

/** After we gave up, a target may complain of the pings that we send to see whether it lives: that is no word about the run. */
function spokenTo<K extends Trouble>({ frames, session }: Standing, kind: K): readonly Spoken<K>[] {
  const gaveUp = session.observations.find((seen) => seen.kind === 'gave-up')?.seq ?? Number.POSITIVE_INFINITY;
  return spokenIn(
    frames.filter(({ at }) => at.seq < gaveUp),
    kind,
  );
}

function refused(run: Run, standing: Standing, spoken: Spoken<'error'>): Diagnosis {
  const skew = skewOf(run, spoken.at, standing.opened.headers.date);
  const seen = {
    phase: phaseOf(standing),
    answeredBy: 'app',
    summary: sentence(standing, spoken),
    evidence: evidenceOf(standing.opened, spoken.at, standing.end),
  } as const;
  if (skew !== null) return diagnosisOf({ ...seen, ...skew });
  const { word, at } = spoken;
  const isSure = word.coded || !wasAdmitted(standing, at) || hasExpired(run, at);
  const tooSoon = expiredTooSoon(run, at, `${word.code} ${word.message}`, 'run-failed');
  const doubt = isSure ? {} : ({ confidence: 'likely', rivals: [SOMEBODY] } as const);
  return credentialsRefused(run, spoken.at, { ...seen, ...doubt, ...tooSoon });
}

/** Words about the connection that name what is wrong with ours: one too many, or the wrong origin. */
function aboutUs(run: Run, standing: Standing, spoken: Spoken<'error'>): Diagnosis | null {
  const { message, code } = spoken.word;
  if (saysConnectionCap(message) && !wasAdmitted(standing, spoken.at))
    return said(standing, spoken, 'connection-limit');
  return saysOrigin(`${message} ${code}`.replaceAll('_', ' ')) ? aboutOrigin(run, standing, spoken) : null;
}

/** Any other word about the connection leaves it to a close frame that follows to name the cause. */
function aboutConnection(standing: Standing, spoken: Spoken<'error'>): Diagnosis | null {
  if (standing.end !== null) return standing.end.how === 'frame' ? null : said(standing, spoken, 'closed-with-error');
  return standing.stage === 'stream' ? said(standing, spoken, 'run-failed') : null;
}

/** The same connection with another Origin decides; words alone are likely to be right. */
function aboutOrigin(run: Run, standing: Standing, spoken: Spoken<'error'>): Diagnosis {
  const found = said(standing, spoken, 'origin-refused');
  return refusedOrigin(run, spoken.at, found, true) ?? { ...found, confidence: 'likely', rivals: [OTHER_ORIGIN] };
}

type Said =
  | 'not-ready'
  | 'connection-limit'
  | 'origin-refused'
  | 'closed-with-error'
  | 'run-failed'
  | 'connection-lost';

function said(standing: Standing, spoken: Saying, cause: Said): Diagnosis {
  return diagnosisOf({
    cause,
    phase: phaseOf(standing),
    answeredBy: 'app',
    summary: sentence(standing, spoken),
    evidence: evidenceOf(spoken.at, standing.turn?.sent, standing.end),
  });
}

function sentence({ end, turn, session }: Standing, spoken: Saying): string {
  const then =
    end === null ? '' : `, then the connection ended (${end.code}${end.reason === '' ? '' : ` ${end.reason}`})`;
  const where = turn === null ? `session ${session.session}` : runName(turn);
  return `the target said ${quoteOf(spoken)} to ${where}${then}`;
}
