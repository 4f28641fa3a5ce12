import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { isArrival } from '../../timeline/traffic.ts';
import { flowAfter } from '../flow-after.ts';
import { followUp, probedOn } from '../follow-ups.ts';
import type { Standing } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';
import { type Silence, whoIsDead } from './who-is-dead.ts';

/** A session waits 2 s for the sign of life that it asks for; a little less is enough to say that none came. */
const ENOUGH_MS = 1500;

/** A session that is open and answers nothing, not even pings: this connection, the process, or the way to it is dead. */
export const silence: OfStanding = (run, _, standing) => {
  const silent = silenceIn(run, standing);
  return silent === null ? null : whoIsDead(run, standing, silent);
};

/** What proves it: a ping that no byte of the target followed for long enough, or a silence that follow-ups found everywhere. */
function silenceIn(run: Run, { session, opened }: Standing): Silence | null {
  const { observations } = session;
  const lastSign = observations.findLast(isArrival) ?? opened;
  const since = observations.slice(observations.indexOf(lastSign) + 1);
  const ping = since.find(({ kind }) => kind === 'pinged');
  const shown = (at: Observation): Silence => ({ at, fromMs: at.kind === 'pinged' ? at.atMs : lastSign.atMs });
  const probe = probedOn(run, session.session, 'ping');
  if (probe !== null && !probe.ok) {
    const asked = observations.findLast(({ kind, seq }) => kind === 'pinged' && seq < probe.seq);
    if (asked !== undefined && flowAfter(run, asked) !== null) return null;
    if (since.includes(probe)) return shown(ping ?? probe);
  }
  if (ping === undefined) {
    const gaveUp = deadEverywhere(run, since);
    return gaveUp && shown(gaveUp);
  }
  const waitedMs = (since.at(-1) ?? ping).atMs - ping.atMs;
  return waitedMs >= Math.min(run.header.budgets.connect.maxMs, ENOUGH_MS) ? shown(ping) : null;
}

/** A process may stall after it has answered our ping: then neither health nor a fresh connection is answered. */
function deadEverywhere(run: Run, since: readonly Observation[]): Observation | null {
  const gaveUp = since.find(({ kind }) => kind === 'gave-up');
  if (gaveUp === undefined) return null;
  const probes = [followUp(run, 'backend-health', gaveUp.seq), followUp(run, 'fresh-upgrade', gaveUp.seq)];
  return probes.every((probe) => probe !== null && probe.answer === null && !probe.ok) ? gaveUp : null;
}
