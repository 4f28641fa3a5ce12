import { describe, expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

/** Keeps this thread from doing anything else, as a stopped process is kept. */
function freeze(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a deadline', () => {
  it('that this process overslept is put off by as long, so that what lies unread is read first', async () => {
    const startedMs = systemClock.nowMs();
    const fired = new Promise<number>((resolve) => systemClock.after(100, () => resolve(systemClock.nowMs())));
    freeze(400);
    expect((await fired) - startedMs).toBeGreaterThanOrEqual(690);
  });

  it('of a process that is awake comes when it is due', async () => {
    const startedMs = systemClock.nowMs();
    const fired = new Promise<number>((resolve) => systemClock.after(100, () => resolve(systemClock.nowMs())));
    const tookMs = (await fired) - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(100);
    expect(tookMs).toBeLessThan(10_000);
  });

  it('that was cancelled never comes, overslept or not', async () => {
    let fired = false;
    const cancel = systemClock.after(50, () => {
      fired = true;
    });
    freeze(200);
    cancel();
    await new Promise<void>((resolve) => systemClock.after(300, resolve));
    expect(fired).toBe(false);
  });
});
