import { randomBytes } from 'node:crypto';
import { mapTexts } from '../kernel/map-texts.ts';
import { environmentGuard } from '../probe/environment-guard.ts';
import type { Profile } from '../protocol/profile.ts';
import { profileNamed } from '../protocol/protocols.ts';
import { progressLine } from '../report/progress.ts';
import { ProgressContext } from '../report/progress-context.ts';
import { headerOf } from '../scenario/header-of.ts';
import { perform } from '../scenario/perform.ts';
import { Recorder } from '../session/recorder.ts';
import { watchStalls } from '../session/stall.ts';
import { systemClock } from '../session/system-clock.ts';
import { Wallet } from '../target/credentials.ts';
import { redactor } from '../target/redact.ts';
import { newTraceId } from '../target/trace.ts';
import type { Header } from '../timeline/header.ts';
import type { Observation } from '../timeline/observation.ts';
import { Artifacts } from './artifacts.ts';
import type { Conduct } from './conduct.ts';
import { crashText } from './crash-text.ts';
import { holdCrashes } from './hold-crashes.ts';
import { type Cut, cutAfter } from './interrupt.ts';

/** What acting a scenario leaves: its timeline, on disk as far as artifacts are wanted, and what is known beside it. */
export type Recorded = {
  readonly header: Header;
  readonly profile: Profile;
  readonly observations: readonly Observation[];
  readonly artifacts: Artifacts | null;
  /** How late this process was at most. */
  readonly maxDelayMs: number;
  readonly interrupted: boolean;
  /** A text without any secret that came up in the run. */
  readonly redact: (text: string) => string;
};

/** Acts a scenario once, with live progress on standard error. A bug of ours ends the recording, not the process, and is in it. */
export async function record(request: Conduct): Promise<Recorded> {
  const { scenario, settings, flags, seed } = request;
  const clock = systemClock;
  const profile = profileOf(settings.profile);
  const tools = flags.tools ?? scenario.tools;
  const runId = randomBytes(4).toString('hex');
  const traceId = newTraceId();
  const node = process.versions.node;
  const ownRedactor = redactor(settings.secrets);
  const header = mapTexts(
    headerOf({ settings, profile, scenario, tools, clock, node, runId, traceId, seed }),
    ownRedactor.redact,
  );
  const recorder = new Recorder({ clock, redactor: ownRedactor });
  const redact = (text: string): string => recorder.redact(text);
  const artifacts = flags.out === '-' ? null : new Artifacts(flags.out ?? 'out', header);
  const progress = new ProgressContext(profile);
  const unwatch = recorder.watch((seen) => {
    artifacts?.append(seen);
    const line = flags.quiet ? null : progressLine(seen, progress);
    if (line !== null) process.stderr.write(`${redact(line)}\n`);
  });

  const cut = cutAfter(request.timeoutMs);
  cut.signal.addEventListener('abort', () => {
    const waitingFor = `the command (${String(cut.signal.reason)})`;
    recorder.note('harness', { kind: 'gave-up', waitingFor, afterMs: clock.nowMs() - header.startedAtMs });
  });
  const broken = new AbortController();
  const signal = AbortSignal.any([cut.signal, broken.signal]);
  const crashes = holdCrashes();
  const stopWatch = watchStalls({ recorder, clock });
  const rig = { settings, profile, recorder, clock, traceId, runId, signal, tools };
  const guard = environmentGuard(rig);
  const wallet = new Wallet({ settings, clock, traceId, signal, guard, onSecret: (secret) => recorder.hide(secret) });
  const acted = perform({ scenario, header, rig, wallet, patienceMs: request.patienceMs }).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const crash = await Promise.race([acted, crashes.happened]);
  cut.release();
  if (crash !== null) {
    const { line, stack } = crashText(crash.error);
    process.stderr.write(`${redact(stack)}\n`);
    recorder.note('harness', { kind: 'noted', topic: 'harness-crashed', text: line });
  }
  const { maxDelayMs } = stopWatch();
  if (crash === null && !cut.signal.aborted) recorder.note('harness', { kind: 'ended' });
  const observations = [...recorder.observations];
  // What a broken run still does is nobody's evidence; its next crash, nobody's news: the crashes stay held.
  unwatch();
  if (crash === null) crashes.release();
  else broken.abort();
  const interrupted = cut.signal.aborted && cut.signal.reason === ('interrupted' satisfies Cut);
  return { header, profile, observations, artifacts, maxDelayMs, interrupted, redact };
}

function profileOf(name: string): Profile {
  const profile = profileNamed(name);
  if (profile === null) throw new Error(`profile ${name} was accepted by the configuration and is not there`);
  return profile;
}
