import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../kernel/clock.ts';
import { LEAST_STALL_MS, STALL_TICK_MS } from '../timeline/stall-watch.ts';
import { HARNESS_SESSION, type Recorder } from './recorder.ts';

/** The clocks of a waking machine may differ by this much without it having slept. */
const SLEEP_MS = 100;
/** A stall that used less CPU than this share of its time was not our code: the process was stopped or starved. */
const BUSY_SHARE = 0.25;
const NS_PER_MS = 1e6;
const US_PER_MS = 1000;

/** Notes every time this process was late by more than 50 ms, so that nobody else is blamed for it. The answer stops the watch and tells the worst delay. */
export function watchStalls(of: { readonly recorder: Recorder; readonly clock: Clock }): () => {
  readonly maxDelayMs: number;
} {
  const { recorder, clock } = of;
  const delays = monitorEventLoopDelay({ resolution: STALL_TICK_MS });
  recorder.note(HARNESS_SESSION, { kind: 'joined', persona: HARNESS_SESSION, role: 'probe' });
  delays.enable();
  let dueMs = clock.nowMs() + STALL_TICK_MS;
  let skewMs = clock.wallMs() - clock.nowMs();
  let cpu = cpuUsage();
  let worstMs = 0;
  const look = (): void => {
    const nowMs = clock.nowMs();
    const lateByMs = nowMs - dueMs;
    worstMs = Math.max(worstMs, lateByMs);
    if (lateByMs > LEAST_STALL_MS) {
      const used = cpuUsage(cpu);
      const busyMs = (used.user + used.system) / US_PER_MS;
      const frozen = busyMs < lateByMs * BUSY_SHARE;
      recorder.note(HARNESS_SESSION, { kind: 'stalled', lateByMs, frozen });
    }
    // The monotonic clock stands still while the machine sleeps; the wall clock tells how long that was.
    const sleptMs = clock.wallMs() - nowMs - skewMs;
    skewMs += sleptMs;
    if (sleptMs > SLEEP_MS) recorder.note(HARNESS_SESSION, { kind: 'stalled', lateByMs: sleptMs, frozen: true });
    cpu = cpuUsage();
    dueMs = clock.nowMs() + STALL_TICK_MS;
  };
  const timer = setInterval(look, STALL_TICK_MS);
  timer.unref();
  return () => {
    look();
    clearInterval(timer);
    delays.disable();
    const histogramMs = delays.max / NS_PER_MS - STALL_TICK_MS;
    return { maxDelayMs: Math.max(0, worstMs, histogramMs) };
  };
}

/** What this thread has used; another thread's work, an embedded target's above all, does not make ours busy. */
function cpuUsage(since?: NodeJS.CpuUsage): NodeJS.CpuUsage {
  return typeof process.threadCpuUsage === 'function' ? process.threadCpuUsage(since) : process.cpuUsage(since);
}
