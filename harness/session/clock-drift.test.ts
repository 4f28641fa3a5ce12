import { describe, expect, it } from 'vitest';
import type { Clock } from '../kernel/clock.ts';
import { ClockDrift } from './clock-drift.ts';

/** Clocks that move when they are told to. `interruptedMs`: how long the process is held between two readings of one look. */
function machine(knowsBoot = true) {
  const at = { nowMs: 1000, wallMs: 5_000_000, bootMs: 9000, interruptedMs: 0 };
  const clock: Clock = {
    nowMs: () => at.nowMs,
    wallMs: () => {
      at.nowMs += at.interruptedMs;
      at.wallMs += at.interruptedMs;
      at.bootMs += at.interruptedMs;
      return at.wallMs;
    },
    after: () => () => undefined,
    ...(knowsBoot ? { bootMs: () => at.bootMs } : {}),
  };
  const move = (by: { nowMs?: number; wallMs?: number; bootMs?: number; interruptedMs?: number }): void => {
    at.nowMs += by.nowMs ?? 0;
    at.wallMs += by.wallMs ?? 0;
    at.bootMs += by.bootMs ?? 0;
    at.interruptedMs = by.interruptedMs ?? 0;
  };
  return { move, drift: new ClockDrift(clock) };
}

const ALL = (ms: number) => ({ nowMs: ms, wallMs: ms, bootMs: ms });

describe('the clocks of a machine', () => {
  it('say nothing while they go together, however long that is', () => {
    const { move, drift } = machine();
    move(ALL(3_600_000));
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
    move({ nowMs: 20, wallMs: 110, bootMs: 20 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
  });

  it('tell sleep, once', () => {
    const { move, drift } = machine();
    move({ wallMs: 60_000, bootMs: 60_000 });
    expect(drift.since()).toEqual({ sleptMs: 60_000, setMs: 0 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
  });

  it.each([3_600_000, -3_600_000, 2000, -2000])('tell a clock that was set by %i ms from sleep', (ms) => {
    const { move, drift } = machine();
    move({ ...ALL(20), wallMs: 20 + ms });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: ms });
  });

  it('tell sleep and a clock that was set while it slept apart', () => {
    const { move, drift } = machine();
    move({ wallMs: 62_000, bootMs: 60_000 });
    expect(drift.since()).toEqual({ sleptMs: 60_000, setMs: 2000 });
  });

  it('take an uptime that is suddenly told in whole seconds for no sleep', () => {
    const { move, drift } = machine();
    move({ ...ALL(20), bootMs: 967 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
    move({ ...ALL(20), bootMs: -900 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
  });

  it('are not compared where the process was stopped between two readings', () => {
    const { move, drift } = machine();
    move({ ...ALL(20), interruptedMs: 700 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
    move(ALL(20));
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: 0 });
    move({ wallMs: 60_000, bootMs: 60_000, interruptedMs: 700 });
    drift.since();
    move({});
    expect(drift.since()).toEqual({ sleptMs: 60_000, setMs: 0 });
  });

  it('leave a leap forward to be sleep where no clock tells, and never one back', () => {
    const { move, drift } = machine(false);
    move({ nowMs: 20, wallMs: 3020 });
    expect(drift.since()).toEqual({ sleptMs: 3000, setMs: 0 });
    move({ nowMs: 20, wallMs: -2980 });
    expect(drift.since()).toEqual({ sleptMs: 0, setMs: -3000 });
  });
});
