import { ownLateness } from '../../judge/own-lateness.ts';
import { LEGS, type Leg } from '../../timeline/header.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { longestStall } from '../stalls.ts';
import { instead } from './instead.ts';

/** What rests on nothing having come. */
const SILENCES: ReadonlySet<CauseCode> = new Set([
  'welcome-missing',
  'run-silent',
  'run-stalled',
  'event-missing',
  'half-open',
  'process-stalled',
  'connection-lost',
]);
/** How long a pong has to be waited for before its absence says anything. */
const PONG_MS = 1000;

type Watch = { readonly fromMs: number; readonly until: Observation; readonly leastMs: number };

/** A silence that we watched for less time of our own than it takes to break a promise; `null` otherwise. */
export function shortWatch(run: Run, found: Diagnosis): Diagnosis | null {
  if (!SILENCES.has(found.cause)) return null;
  for (const at of found.evidence) {
    const watch = watchOf(run, at);
    if (watch === null) continue;
    const { fromMs, until, leastMs } = watch;
    const stall = longestStall(run, fromMs, until.atMs);
    const awakeMs = until.atMs - fromMs - ownLateness(run, fromMs, until.atMs).boundMs;
    if (stall !== null && awakeMs <= leastMs) return instead(found, stall, 'while it waited', until);
  }
  return null;
}

function watchOf(run: Run, at: Observation): Watch | null {
  if (at.kind === 'gave-up') {
    const leg = LEGS.find((one): one is Leg => one === at.waitingFor);
    return leg === undefined
      ? null
      : { fromMs: at.atMs - at.afterMs, until: at, leastMs: run.header.budgets[leg].maxMs };
  }
  if (at.kind !== 'pinged') return null;
  const after = run.observations.filter(({ session, seq }) => session === at.session && seq > at.seq);
  const until = after.find(({ kind }) => kind === 'settled' || kind === 'closing' || kind === 'closed') ?? after.at(-1);
  return until === undefined ? null : { fromMs: at.atMs, until, leastMs: PONG_MS };
}
