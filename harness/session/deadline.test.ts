import { describe, expect, it } from 'vitest';
import type { Clock } from '../kernel/clock.ts';
import { Deadline } from './deadline.ts';

/** A clock that moves when it is told to, and counts how often a timer was set. */
function manual(): Clock & { readonly advance: (ms: number) => void; readonly timers: () => number } {
  let nowMs = 0;
  let timers = 0;
  const due = new Map<() => void, number>();
  return {
    nowMs: () => nowMs,
    wallMs: () => nowMs,
    timers: () => timers,
    after(delayMs, then) {
      timers += 1;
      due.set(then, nowMs + delayMs);
      return () => due.delete(then);
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...due].filter(([, at]) => at <= untilMs).sort((a, b) => a[1] - b[1]);
        if (next === undefined) break;
        due.delete(next[0]);
        nowMs = Math.max(nowMs, next[1]);
        next[0]();
      }
      nowMs = untilMs;
    },
  };
}

function armed() {
  const clock = manual();
  const fired: number[] = [];
  return { clock, fired, deadline: new Deadline(clock, () => fired.push(clock.nowMs())) };
}

describe('a deadline', () => {
  it('falls due once', () => {
    const { clock, fired, deadline } = armed();
    deadline.set(100);
    clock.advance(99);
    expect(fired).toEqual([]);
    clock.advance(500);
    expect(fired).toEqual([100]);
  });

  it('moves later ten thousand times for the price of a few timers', () => {
    const { clock, fired, deadline } = armed();
    for (let at = 0; at < 10_000; at += 1) {
      deadline.set(clock.nowMs() + 1000);
      clock.advance(1);
    }
    expect(fired).toEqual([]);
    expect(clock.timers()).toBeLessThan(15);
    clock.advance(1000);
    expect(fired).toEqual([10_999]);
  });

  it('moves earlier', () => {
    const { clock, fired, deadline } = armed();
    deadline.set(1000);
    deadline.set(50);
    clock.advance(60);
    expect(fired).toEqual([50]);
  });

  it('does not fall due when it was lifted, and can be set again', () => {
    const { clock, fired, deadline } = armed();
    deadline.set(10);
    deadline.lift();
    clock.advance(20);
    deadline.set(30);
    clock.advance(20);
    expect(fired).toEqual([30]);
  });
});
