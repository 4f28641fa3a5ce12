import { failedTries } from '../diagnosis/tries.ts';
import { EXIT_CODES } from '../diagnosis/verdict.ts';
import { verdictOf } from '../diagnosis/verdict-of.ts';
import { judge } from '../judge/judge.ts';
import { profileNamed } from '../protocol/protocols.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import { readRun } from '../timeline/run.ts';
import type { Conducted } from './conduct.ts';

/** `--fail-on-flaky`: a pass after a failed try becomes what that try alone would have been: its outcome, domain, cause and exit code. */
export function flakyDocument({ document, run }: Conducted): VerdictDocument {
  const profile = profileNamed(run.header.profile);
  const lastFailed = failedTries(run).at(-1);
  if (!document.flaky || lastFailed === undefined || profile === null) return document;
  // A stall is noted when the loop turns again, which may be after what it made late.
  const until = run.observations.filter(
    (seen) => seen.seq <= lastFailed.seq || (seen.kind === 'stalled' && seen.atMs - seen.lateByMs <= lastFailed.atMs),
  );
  const before = readRun(run.header, until, profile);
  const { outcome, diagnosis } = verdictOf(before, judge(before));
  if (diagnosis === null) return document;
  const { domain, cause, phase, answeredBy, confidence, rivals, summary, hint } = diagnosis;
  const note = `passed at try ${document.attempts}; --fail-on-flaky counts the failed try`;
  return {
    ...document,
    outcome,
    exitCode: EXIT_CODES[outcome],
    domain,
    cause,
    phase,
    answeredBy,
    confidence,
    rivals,
    summary,
    hint,
    notes: [...document.notes, note],
  };
}
