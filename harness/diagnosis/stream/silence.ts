import type { Ruled } from '../../judge/rule.ts';
import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { isArrival } from '../../timeline/traffic.ts';
import type { Diagnosis, Rival } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { flowAfter } from '../flow-after.ts';
import { followUp, probedOn, reachedTcp, wasLetIn } from '../follow-ups.ts';
import { spanOf } from '../place.ts';
import { phaseOf, type Standing } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

/** A session waits 2 s for the sign of life that it asks for; a little less is enough to say that none came. */
const ENOUGH_MS = 1500;
const STALLED: Rival = {
  cause: 'process-stalled',
  check: 'does the health endpoint answer, and a fresh upgrade open?',
};
const HALF_OPEN: Rival = { cause: 'half-open', check: 'do other connections to the same instance still get pongs?' };

/** A session that is open and answers nothing, not even pings: this connection, the process, or the way to it is dead. */
export const silence: OfStanding = (run, ruled, standing) => {
  if (standing.end !== null) return null;
  const unanswered = deadPing(run, ruled, standing);
  return unanswered === null ? null : whoIsDead(run, standing, unanswered);
};

/** What proves it: a ping that no byte of the target followed for long enough, or a silence that follow-ups found everywhere. */
function deadPing(run: Run, ruled: readonly Ruled[], { session }: Standing): Observation | null {
  const { observations } = session;
  const lastSign = observations.findLast((seen) => seen.kind === 'opened' || isArrival(seen))?.seq ?? -1;
  const ping = observations.find((seen) => seen.kind === 'pinged' && seen.seq > lastSign) ?? null;
  const probe = probedOn(run, session.session, 'ping');
  if (probe !== null && !probe.ok) {
    const asked = observations.findLast((seen) => seen.kind === 'pinged' && seen.seq < probe.seq);
    if (asked !== undefined && flowAfter(run, asked) !== null) return null;
    if (probe.seq > lastSign) return ping ?? probe;
  }
  if (ping === null) return deadEverywhere(run, observations, lastSign);
  const judged = ruled.some(({ rule, ruling }) => rule.id === 'liveness/answers-pings' && ruling.outcome === 'fail');
  const waitedMs = (observations.at(-1)?.atMs ?? ping.atMs) - ping.atMs;
  return judged || waitedMs >= Math.min(run.header.budgets.connect.maxMs, ENOUGH_MS) ? ping : null;
}

/** A process may stall after it has answered our ping: then neither health nor a fresh connection is answered. */
function deadEverywhere(run: Run, observations: readonly Observation[], lastSign: number): Observation | null {
  const gaveUp = observations.find((seen) => seen.kind === 'gave-up' && seen.seq > lastSign);
  if (gaveUp === undefined) return null;
  const probes = [followUp(run, 'backend-health', gaveUp.seq), followUp(run, 'fresh-upgrade', gaveUp.seq)];
  return probes.every((probe) => probe !== null && probe.answer === null && !probe.ok) ? gaveUp : null;
}

function whoIsDead(run: Run, standing: Standing, ping: Observation): Diagnosis {
  const health = followUp(run, 'backend-health', ping.seq);
  const fresh = followUp(run, 'fresh-upgrade', ping.seq);
  const seen = {
    phase: phaseOf(standing),
    answeredBy: 'none',
    evidence: evidenceOf(ping, probedOn(run, standing.session.session, 'ping'), health, fresh),
  } as const;
  const waited = spanOf((run.observations.at(-1)?.atMs ?? ping.atMs) - ping.atMs);
  const dead = `session ${standing.session.session} answers nothing, not even a ping, for ${waited}`;
  if (health === null && fresh === null) {
    return diagnosisOf({ ...seen, cause: 'half-open', confidence: 'ambiguous', rivals: [STALLED], summary: dead });
  }
  const healthAnswers = health !== null && health.answer !== null && health.answer.status < 500;
  const freshOpens = fresh !== null && wasLetIn(fresh);
  if (healthAnswers || freshOpens) {
    const others = freshOpens ? 'a fresh connection opens' : 'health answers';
    const agreed = (health === null || healthAnswers) && (fresh === null || freshOpens);
    const certainty = agreed ? 'likely' : 'ambiguous';
    return diagnosisOf({
      ...seen,
      cause: 'half-open',
      confidence: certainty,
      rivals: [STALLED],
      summary: `${dead}, while ${others}`,
    });
  }
  const probes = [health, fresh].filter((probe): probe is Seen<'probed'> => probe !== null);
  return probes.some(reachedTcp)
    ? diagnosisOf({
        ...seen,
        cause: 'process-stalled',
        confidence: 'likely',
        rivals: [HALF_OPEN],
        summary: `${dead}; its port takes connections and nobody answers them`,
      })
    : diagnosisOf({
        ...seen,
        cause: 'connection-lost',
        confidence: 'likely',
        rivals: [STALLED],
        answeredBy: 'network',
        summary: `${dead}, and the target cannot be reached any more`,
      });
}
