import { verdictOf } from '../diagnosis/verdict-of.ts';
import { judge } from '../judge/judge.ts';
import { HARNESS_ERRORS } from '../kernel/errors.ts';
import { verdictDocument } from '../report/document.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import { version } from '../target/version.ts';
import { type Run, readRun } from '../timeline/run.ts';
import { crashText } from './crash-text.ts';
import type { Recorded } from './record.ts';

/** Judges what was recorded. Where judging itself crashes, the document is unproven and says so. */
export async function recordedVerdict(
  recorded: Recorded,
  of: { readonly repeat: string; readonly checklist: boolean },
): Promise<{ readonly document: VerdictDocument; readonly run: Run }> {
  const { header, profile, observations, artifacts, redact } = recorded;
  const { timeline = null, junit = null } = artifacts?.paths ?? {};
  const paths = { timeline, html: null, junit };
  let run = readRun(header, [], profile);
  try {
    run = readRun(header, observations, profile);
    const document = verdictDocument({
      run,
      verdict: verdictOf(run, judge(run)),
      harness: {
        version: version(),
        node: process.versions.node,
        eventLoopDelayMaxMs: recorded.maxDelayMs,
        stalls: observations.filter((seen) => seen.kind === 'stalled').length,
      },
      artifacts: paths,
      repeat: of.repeat,
      ...(recorded.interrupted ? { exitCode: HARNESS_ERRORS.interrupted.exit } : {}),
    });
    return { run, document: of.checklist ? await withChecklist(document, header.authMode) : document };
  } catch (error) {
    const { line, stack } = crashText(error);
    process.stderr.write(`${redact(stack)}\n`);
    const { crashDocument } = await import('./crash-document.ts');
    return { run, document: crashDocument({ header, line, artifacts: paths, repeat: of.repeat }) };
  }
}

async function withChecklist(document: VerdictDocument, authMode: string): Promise<VerdictDocument> {
  const { checklist } = await import('../report/checklist.ts');
  return { ...document, checklist: checklist(document, authMode) };
}
