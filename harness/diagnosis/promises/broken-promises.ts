import { levelOf, type Ruled, type Violation } from '../../judge/rule.ts';
import type { NonEmpty } from '../../kernel/list.ts';
import type { Observation, Phase } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';
import { chargesOf, GRAVITY } from './charges.ts';
import { missingEvents } from './missing-events.ts';
import { unansweredPing } from './unanswered-ping.ts';

type Broken = { readonly id: string; readonly violations: NonEmpty<Violation> };

/** The broken MUST that explains the others, charged to its cause. */
export const brokenPromises: Family = (run, ruled) => {
  const found = brokenMusts(ruled).map((broken) => ({ broken, diagnosis: charged(run, broken) }));
  const rankOf = ({ broken, diagnosis }: (typeof found)[number]) => rank(run, broken, diagnosis.cause);
  return found.toSorted((a, b) => rankOf(a) - rankOf(b))[0]?.diagnosis ?? null;
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

function rank(run: Run, { id, violations }: Broken, cause: CauseCode): number {
  // Control frames that are lost explain nothing of what is wrong with the others.
  if (id === PINGS && cause === 'half-open' && unansweredPing(run, violations).isAlive) return GRAVITY.length;
  const place = GRAVITY.indexOf(cause);
  return place === -1 ? GRAVITY.length : place;
}

const PINGS = 'liveness/answers-pings';

/** What these say is absent may be so for several reasons: none came, they stopped, or single ones were lost. */
const ABOUT_ABSENCE: ReadonlySet<string> = new Set(['lifecycle/all-five', 'recovery/none-lost']);

function charged(run: Run, broken: Broken): Diagnosis {
  const [first] = chargesOf(broken.id);
  const absent = ABOUT_ABSENCE.has(broken.id) ? missingEvents(run) : null;
  if (absent !== null) return absent;
  const cause = causeIn(run, broken, first);
  const { expected, actual, at } = broken.violations[0];
  const more = broken.violations.length > 1 ? ` (and ${broken.violations.length - 1} more)` : '';
  if (broken.id === PINGS) {
    const { isAlive: _, words, evidence, ...finding } = unansweredPing(run, broken.violations);
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
    phase: phaseOf(cause),
    answeredBy: answererOf(cause),
    summary: `expected ${expected}: ${actual}${more}`,
    evidence: cited(run, at),
  });
}

function causeIn(run: Run, { id, violations }: Broken, first: CauseCode): CauseCode {
  const seqs = new Set(violations.flatMap(({ at }) => at));
  const cites = (matches: (seen: Observation) => boolean): boolean =>
    run.observations.some((seen) => seqs.has(seen.seq) && matches(seen));
  if (id === 'wire/decodes') return cites(({ kind }) => kind === 'frame-broken') ? 'frame-invalid' : first;
  if (id === 'lifecycle/completed-successfully') return fakedIn(run, seqs) ? 'run-faked' : first;
  return first;
}

function fakedIn(run: Run, seqs: ReadonlySet<number>): boolean {
  const frames = run.users.flatMap((session) => session.frames).filter(({ at }) => seqs.has(at.seq));
  return frames.some(({ meanings }) => meanings.some(({ kind }) => kind === 'fallback'));
}

function phaseOf(cause: CauseCode): Phase {
  if (cause === 'connection-slow' || cause === 'target-permissive') return 'upgrade';
  return cause === 'welcome-missing' ? 'welcome' : 'stream';
}

function answererOf(cause: CauseCode): Diagnosis['answeredBy'] {
  return cause === 'connection-slow' ? 'network' : cause === 'half-open' ? 'none' : 'app';
}

/** A flood breaks one promise a million times; the first of them are evidence enough. */
const CITED = 100;

/** What a violation points to, or the newest observation where it points to nothing of this run. */
function cited(run: Run, at: readonly number[]): NonEmpty<Observation> {
  const seqs = new Set(at);
  const [first, ...rest] = run.observations.filter(({ seq }) => seqs.has(seq)).slice(0, CITED);
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
