import type { Ruled } from '../../judge/rule.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { flowAfter, flowWords } from '../flow-after.ts';
import { probedOn } from '../follow-ups.ts';
import { spanOf } from '../place.ts';
import type { Standing } from './standing.ts';
import type { OfStanding } from './trouble-of.ts';

/** A session that opened and was never welcomed, although it was waited for: by the rule, the rung, or our giving up. */
export const noWelcome: OfStanding = (run, ruled, standing) => {
  if (standing.stage !== 'welcome' || standing.end !== null) return null;
  const waited = givenUp(run, ruled, standing);
  if (waited === null) return null;
  const ping = standing.session.observations.findLast(({ kind }) => kind === 'pinged');
  const flow = ping === undefined ? null : flowAfter(run, ping);
  const alive =
    flow !== null ||
    standing.session.observations.some(({ kind }) => kind === 'ponged') ||
    probedOn(run, standing.session.session, 'ping')?.ok === true;
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

function givenUp(run: Run, ruled: readonly Ruled[], { session, opened }: Standing): Observation | null {
  const own = session.observations.find((seen) => seen.kind === 'gave-up' && seen.seq > opened.seq);
  const rung = run.observations.findLast(
    (seen) =>
      seen.kind === 'probed' && seen.rung === 'welcome' && seen.probe === 'rung' && !seen.ok && seen.seq > opened.seq,
  );
  // A rung that was cut short with the whole run proves nothing.
  const waited = rung !== undefined && rung.atMs - opened.atMs >= run.header.budgets.welcome.maxMs ? rung : null;
  const judged = ruled.some(({ rule, ruling }) => rule.id === 'admission/welcomed' && ruling.outcome === 'fail');
  return own ?? waited ?? (judged ? (session.observations.at(-1) ?? null) : null);
}
