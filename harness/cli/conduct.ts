import { randomBytes } from 'node:crypto';
import { verdictOf } from '../diagnosis/verdict-of.ts';
import { judge } from '../judge/judge.ts';
import { mapTexts } from '../kernel/map-texts.ts';
import { profileNamed } from '../protocol/protocols.ts';
import { verdictDocument } from '../report/document.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import { progressLine } from '../report/progress.ts';
import { ProgressContext } from '../report/progress-context.ts';
import { headerOf } from '../scenario/header-of.ts';
import { perform } from '../scenario/perform.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Recorder } from '../session/recorder.ts';
import { watchStalls } from '../session/stall.ts';
import { systemClock } from '../session/system-clock.ts';
import { Wallet } from '../target/credentials.ts';
import { redactor } from '../target/redact.ts';
import type { Settings } from '../target/settings.ts';
import { newTraceId } from '../target/trace.ts';
import { version } from '../target/version.ts';
import { type Run, readRun } from '../timeline/run.ts';
import { Artifacts } from './artifacts.ts';
import { crashText } from './crash-text.ts';
import type { RunFlags } from './flags.ts';
import { type Crash, holdCrashes } from './hold-crashes.ts';
import { type Cut, cutAfter } from './interrupt.ts';
import { redactedDocument } from './redacted-document.ts';

/** One run to conduct: what to act, on which target, with which of the command's flags. */
export type Conduct = {
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly flags: RunFlags;
  readonly timeoutMs: number;
  /** How long a cold target is waited for first; `null`: not at all. */
  readonly patienceMs: number | null;
  readonly seed: number;
  readonly stepSummary: string | null;
  readonly repeat: string;
  /** What the command's flags make of the document, before anything is printed or written. */
  readonly settled: (conducted: Conducted) => Promise<VerdictDocument>;
};

/** What a conducted run leaves: its document, the run behind it, and whether somebody interrupted it. */
export type Conducted = { readonly document: VerdictDocument; readonly run: Run; readonly interrupted: boolean };

/** Acts a scenario with live progress on standard error, judges it, and writes its artifacts; a bug of ours in it leaves all that was seen, unproven. */
export async function conduct(request: Conduct): Promise<Conducted> {
  const { scenario, settings, flags } = request;
  const profile = profileNamed(settings.profile);
  if (profile === null)
    throw new Error(`profile ${settings.profile} was accepted by the configuration and is not there`);
  const clock = systemClock;
  const tools = flags.tools ?? scenario.tools;
  const runId = randomBytes(4).toString('hex');
  const traceId = newTraceId();
  const { redact } = redactor(settings.secrets);
  const header = mapTexts(
    headerOf({
      settings,
      profile,
      scenario,
      tools,
      clock,
      node: process.versions.node,
      runId,
      traceId,
      seed: request.seed,
    }),
    redact,
  );
  const recorder = new Recorder({ clock, redact });
  const artifacts = flags.out === '-' ? null : new Artifacts(flags.out ?? 'out', header);
  const progress = new ProgressContext(profile);
  const unwatch = recorder.watch((seen) => {
    artifacts?.append(seen);
    const line = flags.quiet ? null : progressLine(seen, progress);
    if (line !== null) process.stderr.write(`${recorder.redact(line)}\n`);
  });
  const cut = cutAfter(request.timeoutMs);
  cut.signal.addEventListener('abort', () => {
    recorder.note('harness', {
      kind: 'gave-up',
      waitingFor: `the command (${String(cut.signal.reason)})`,
      afterMs: clock.nowMs() - header.startedAtMs,
    });
  });
  const broken = new AbortController();
  const signal = AbortSignal.any([cut.signal, broken.signal]);
  const crashes = holdCrashes();
  const stopWatch = watchStalls({ recorder, clock });
  const rig = { settings, profile, recorder, clock, traceId, runId, signal, tools };
  const wallet = new Wallet({ settings, clock, traceId, signal, onSecret: (secret) => recorder.hide(secret) });
  const acted = perform({ scenario, header, rig, wallet, patienceMs: request.patienceMs }).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const crash: Crash | null = await Promise.race([acted, crashes.happened]);
  cut.release();
  const tell = (error: unknown): string => {
    const { line, stack } = crashText(error);
    process.stderr.write(`${recorder.redact(stack)}\n`);
    return line;
  };
  if (crash !== null) recorder.note('harness', { kind: 'noted', topic: 'harness-crashed', text: tell(crash.error) });
  const { maxDelayMs } = stopWatch();
  if (crash === null && !cut.signal.aborted) recorder.note('harness', { kind: 'ended' });
  const observations = [...recorder.observations];
  // What a broken run still does is nobody's evidence; its next crash, nobody's news: the crashes stay held.
  unwatch();
  if (crash === null) crashes.release();
  else broken.abort();
  const interrupted = cut.signal.aborted && cut.signal.reason === ('interrupted' satisfies Cut);
  const paths = { timeline: artifacts?.paths.timeline ?? null, html: null, junit: artifacts?.paths.junit ?? null };
  let run = readRun(header, [], profile);
  let document: VerdictDocument;
  try {
    run = readRun(header, observations, profile);
    const judged = verdictDocument({
      run,
      verdict: verdictOf(run, judge(run)),
      harness: {
        version: version(),
        node: process.versions.node,
        eventLoopDelayMaxMs: maxDelayMs,
        stalls: run.observations.filter((seen) => seen.kind === 'stalled').length,
      },
      artifacts: paths,
      repeat: request.repeat,
      ...(interrupted ? { exitCode: 130 } : {}),
    });
    document = flags.checklist ? await withChecklist(judged, header.authMode) : judged;
  } catch (error) {
    const { crashDocument } = await import('./crash-document.ts');
    document = crashDocument({ header, line: tell(error), artifacts: paths, repeat: request.repeat });
  }
  const settled = await request.settled({ document, run, interrupted });
  document = redactedDocument(settled, (text) => recorder.redact(text));
  const unwritten = artifacts?.finish(document, request.stepSummary) ?? [];
  return { document: { ...document, notes: [...document.notes, ...unwritten] }, run, interrupted };
}

async function withChecklist(document: VerdictDocument, authMode: string): Promise<VerdictDocument> {
  const { checklist } = await import('../report/checklist.ts');
  return { ...document, checklist: checklist(document, authMode) };
}
