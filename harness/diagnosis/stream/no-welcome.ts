import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { flowAfter, flowWords } from '../flow-after.ts';
import { probedOn } from '../follow-ups.ts';
import { spanOf } from '../place.ts';
import type { Standing } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

/** A session that opened and was never welcomed, although it was waited for: by the rung, or until we gave up. */
export const noWelcome: OfStanding = (run, _, standing) => {
  if (standing.stage !== 'welcome') return null;
  const waited = givenUp(run, standing);
  if (waited === null) return null;
  const ping = standing.session.observations.findLast(({ kind }) => kind === 'pinged');
  const flow = ping === undefined ? null : flowAfter(run, ping);
  const alive = flow !== null || standing.session.observations.some(({ kind }) => kind === 'ponged');
  const rivals = alive ? [] : [{ cause: 'half-open', check: 'are pings answered on this connection?' } as const];
  return diagnosisOf({
    cause: 'welcome-missing',
    phase: 'welcome',
    answeredBy: 'app',
    confidence: alive ? 'certain' : 'likely',
    rivals,
    summary: `session ${standing.session.session} opened and got no welcome within ${spanOf(waited.atMs - standing.opened.atMs)}${flow === null ? '' : `, although ${flowWords(flow)}`}`,
    evidence: evidenceOf(standing.opened, waited, probedOn(run, standing.session.session, 'ping')),
  });
};

function givenUp({ header }: Run, { session, opened }: Standing): Observation | null {
  const { observations } = session;
  // A rung that was cut short with the whole run proves nothing.
  const isWaited = ({ atMs }: Observation): boolean => atMs - opened.atMs >= header.budgets.welcome.maxMs;
  const waited = observations.find((seen) => seen.kind === 'probed' && seen.rung === 'welcome' && isWaited(seen));
  return observations.find(({ kind }) => kind === 'gave-up') ?? waited ?? null;
}
