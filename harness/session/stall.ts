import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Clock } from '../kernel/clock.ts';
import { LEAST_STALL_MS, STALL_TICK_MS } from '../timeline/stall-watch.ts';
import { ClockDrift } from './clock-drift.ts';
import { HARNESS_SESSION, type Recorder } from './recorder.ts';

/** A stall that used less CPU than this share of its time was not our code: the process was stopped or starved. */
const BUSY_SHARE = 0.25;
const NS_PER_MS = 1e6;
const US_PER_MS = 1000;

/**
 * Notes every time this process was late by more than 50 ms, with what it did meanwhile, and every time the machine slept, so that
 * nobody else is blamed for it. The answer stops the watch and tells the worst delay.
 */
export function watchStalls(of: { readonly recorder: Recorder; readonly clock: Clock }): () => {
  readonly maxDelayMs: number;
} {
  const { recorder, clock } = of;
  const delays = monitorEventLoopDelay({ resolution: STALL_TICK_MS });
  recorder.note(HARNESS_SESSION, { kind: 'joined', persona: HARNESS_SESSION, role: 'probe' });
  delays.enable();
  const drift = new ClockDrift(clock);
  let lookedMs = clock.nowMs();
  let cpu = cpuUsage();
  let loop = performance.eventLoopUtilization();
  let worstMs = 0;
  const look = (): void => {
    // All is taken at the beginning: a process that is stopped in the middle of a look is late for the next one.
    const nowMs = clock.nowMs();
    const nowCpu = cpuUsage();
    const nowLoop = performance.eventLoopUtilization();
    const lateByMs = nowMs - lookedMs - STALL_TICK_MS;
    const cpuMs = (nowCpu.user + nowCpu.system - cpu.user - cpu.system) / US_PER_MS;
    const { utilization: utilisation } = performance.eventLoopUtilization(nowLoop, loop);
    lookedMs = nowMs;
    cpu = nowCpu;
    loop = nowLoop;
    worstMs = Math.max(worstMs, lateByMs);
    if (lateByMs > LEAST_STALL_MS)
      recorder.note(
        HARNESS_SESSION,
        { kind: 'stalled', lateByMs, frozen: cpuMs < lateByMs * BUSY_SHARE, cpuMs, utilisation },
        nowMs,
      );
    const { sleptMs, setMs } = drift.since();
    if (sleptMs > 0) recorder.note(HARNESS_SESSION, { kind: 'stalled', lateByMs: sleptMs, frozen: true, sleptMs });
    if (setMs !== 0) {
      const text = `the clock of this machine was set ${setMs > 0 ? 'forward' : 'back'} by ${Math.round(Math.abs(setMs))} ms; nothing is timed by it`;
      recorder.note(HARNESS_SESSION, { kind: 'noted', topic: 'clock', text });
    }
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
function cpuUsage(): NodeJS.CpuUsage {
  return typeof process.threadCpuUsage === 'function' ? process.threadCpuUsage() : process.cpuUsage();
}
