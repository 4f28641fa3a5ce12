import { levelOf, type Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { interruptionOf } from '../interruption.ts';
import { lateWords } from '../stalls.ts';
import { nothingSeen } from './broken-promises.ts';
import { rungsOf } from './kept.ts';

const ABOUT_TIME = /^(promptness|liveness)\//;

/** What is left when nothing else explains why promises stayed unjudged: our own stall, an interruption, or a run without proof. */
export function nothingJudged(run: Run, ruled: readonly Ruled[]): Diagnosis {
  return stalled(run, ruled) ?? unjudged(run, ruled);
}

function open(ruled: readonly Ruled[]): readonly { readonly id: string; readonly reason: string }[] {
  return ruled.flatMap(({ rule, ruling }) =>
    levelOf(rule) === 'MUST' && ruling.outcome === 'inconclusive' ? [{ id: rule.id, reason: ruling.reason }] : [],
  );
}

function stalled(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  const stalls = run.stalls.toSorted((a, b) => b.lateByMs - a.lateByMs);
  const [gravest, ...others] = stalls;
  const [first, ...more] = open(ruled);
  if (gravest === undefined || first === undefined || ![first, ...more].every(({ id }) => ABOUT_TIME.test(id)))
    return null;
  return diagnosisOf({
    cause: 'harness-stalled',
    phase: 'stream',
    answeredBy: 'client',
    summary: `${lateWords({ lateByMs: gravest.lateByMs, at: gravest })}, so ${first.id} could not be judged: ${first.reason}`,
    evidence: evidenceOf(gravest, ...others),
  });
}

function unjudged(run: Run, ruled: readonly Ruled[]): Diagnosis {
  const stopped = interruptionOf(run);
  const last = run.observations.at(-1) ?? nothingSeen(run);
  const [first, ...more] = open(ruled);
  const reason = first === undefined ? whyNone(run, ruled) : `${first.id} could not be judged: ${first.reason}`;
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return diagnosisOf({
    cause: 'nothing-judged',
    phase: run.sessions.some(({ opened }) => opened !== null) ? 'stream' : 'configuration',
    answeredBy: 'client',
    summary: stopped === null ? `${reason}${others}` : `the run was interrupted: ${reason}${others}`,
    evidence: evidenceOf(stopped ?? last, last),
  });
}

function whyNone(run: Run, ruled: readonly Ruled[]): string {
  if (run.observations.length === 0) return 'nothing was seen';
  if (ruled.length > 0) return 'no MUST rule applies to what was done';
  if (run.header.rules.length > 0) return 'no rule was judged';
  return rungsOf(run).length > 0
    ? 'no rung proved anything'
    : `scenario ${run.header.scenario} names no rule, and no ladder was climbed`;
}
