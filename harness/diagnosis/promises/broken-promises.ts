import { levelOf, type Ruled, type Violation } from '../../judge/rule.ts';
import type { NonEmpty } from '../../kernel/list.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { chargesOf, GRAVITY } from './charges.ts';
import { missingEvents } from './missing-events.ts';
import { unansweredPing } from './unanswered-ping.ts';

type Broken = { readonly id: string; readonly violations: NonEmpty<Violation> };

/** The broken MUST that explains the others, charged to its cause. */
export const brokenPromises: Family = (run, ruled) => {
  const found = brokenMusts(ruled).map((broken) => charged(run, broken));
  return found.toSorted((a, b) => GRAVITY.indexOf(a.cause) - GRAVITY.indexOf(b.cause))[0] ?? null;
};

/** An event of another user outranks everything else that may be wrong. */
export const crossUser: Family = (run, ruled) => {
  const leaks = brokenMusts(ruled).filter(({ id }) => chargesOf(id)[0] === 'cross-user');
  return leaks.map((broken) => charged(run, broken))[0] ?? null;
};

/** The MUST rules of these rulings that are broken. */
function brokenMusts(ruled: readonly Ruled[]): readonly Broken[] {
  return ruled.flatMap(({ rule, ruling }) =>
    levelOf(rule) === 'MUST' && ruling.outcome === 'fail' ? [{ id: rule.id, violations: ruling.violations }] : [],
  );
}

const PINGS = 'liveness/answers-pings';

/** What these say is absent may be so for several reasons: none came, they stopped, or single ones were lost. */
const ABOUT_ABSENCE: ReadonlySet<string> = new Set(['lifecycle/all-five', 'recovery/none-lost']);

function charged(run: Run, broken: Broken): Diagnosis {
  const [first] = chargesOf(broken.id);
  const absent = ABOUT_ABSENCE.has(broken.id) ? missingEvents(run) : null;
  if (absent !== null) return absent;
  const cause = citesBrokenFrame(run, broken) ? 'frame-invalid' : first;
  const { expected, actual, at } = broken.violations[0];
  const more = broken.violations.length > 1 ? ` (and ${broken.violations.length - 1} more)` : '';
  if (broken.id === PINGS) {
    const { words, evidence, ...finding } = unansweredPing(run, broken.violations);
    return diagnosisOf({
      ...finding,
      phase: 'stream',
      answeredBy: 'none',
      summary: `expected ${expected}: ${actual}${more}${words}`,
      evidence: evidenceOf(...cited(run, at), ...evidence),
    });
  }
  return diagnosisOf({
    cause,
    phase: CAUSES[cause].phase ?? 'stream',
    answeredBy: cause === 'connection-slow' ? 'network' : 'app',
    summary: `expected ${expected}: ${actual}${more}`,
    evidence: cited(run, at),
  });
}

function citesBrokenFrame(run: Run, { violations }: Broken): boolean {
  const seqs = new Set(violations.flatMap(({ at }) => at));
  return run.observations.some(({ kind, seq }) => kind === 'frame-broken' && seqs.has(seq));
}

/** What a violation points to, or the newest observation where it points to nothing of this run. */
function cited(run: Run, at: readonly number[]): NonEmpty<Observation> {
  const seqs = new Set(at);
  const [first, ...rest] = run.observations.filter(({ seq }) => seqs.has(seq));
  return evidenceOf(first ?? run.observations.at(-1) ?? nothingSeen(run), ...rest);
}

/** What stands for a timeline without a single observation, so that evidence is never empty. */
export function nothingSeen({ header }: Run): Observation {
  return {
    kind: 'noted',
    topic: 'nothing-seen',
    text: 'the timeline is empty',
    seq: 0,
    atMs: header.startedAtMs,
    session: 'harness',
  };
}
