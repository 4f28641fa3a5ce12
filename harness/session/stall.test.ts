import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../kernel/clock.ts';
import type { Observation } from '../timeline/observation.ts';
import { Recorder } from './recorder.ts';
import { watchStalls } from './stall.ts';
import { systemClock } from './system-clock.ts';

function watched() {
  const recorder = new Recorder({ clock: systemClock });
  const stop = watchStalls({ recorder, clock: systemClock });
  const stalls = () => recorder.observations.filter((seen) => seen.kind === 'stalled');
  return { recorder, stop, stalls };
}

describe('a watch over the event loop', () => {
  it('says nothing while the loop turns, and tells its worst delay', async () => {
    const { stop, stalls } = watched();
    await wait(200);
    const { maxDelayMs } = stop();
    expect(maxDelayMs).toBeGreaterThanOrEqual(0);
    if (maxDelayMs < 50) expect(stalls()).toEqual([]);
  });

  it('notes a stall of our own code with how late it made us', async () => {
    const { recorder, stop, stalls } = watched();
    await wait(30);
    const startedMs = systemClock.nowMs();
    const before = process.cpuUsage();
    const usedUs = (): number => process.cpuUsage(before).user + process.cpuUsage(before).system;
    while (usedUs() < 300_000);
    const tookMs = systemClock.nowMs() - startedMs;
    const isLong = (seen: Observation): boolean => seen.kind === 'stalled' && seen.lateByMs > 250;
    await new Promise<void>((resolve) => {
      if (stalls().some(isLong)) resolve();
      else recorder.watch((seen) => isLong(seen) && resolve());
    });
    const stall = stalls().find(isLong);
    expect(stall?.session).toBe('harness');
    // On a machine that gives us less than a third of a core, starved is the truth.
    if (tookMs < 900) expect(stall?.frozen).toBe(false);
    expect(stall?.lateByMs).toBeGreaterThan(250);
    expect(stop().maxDelayMs).toBeGreaterThan(250);
  });

  it('calls it frozen when the process was stopped from outside', async () => {
    const code = `
      const [{ Recorder }, { watchStalls }, { systemClock }] = await Promise.all([
        import('./recorder.ts'), import('./stall.ts'), import('./system-clock.ts')]);
      const recorder = new Recorder({ clock: systemClock });
      recorder.watch((seen) => { if (seen.kind === 'stalled' && seen.lateByMs > 300) { console.log(JSON.stringify(seen)); process.exit(0); } });
      watchStalls({ recorder, clock: systemClock });
      setInterval(() => {}, 1000);
      console.log('ready');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: import.meta.dirname });
    const lines: string[] = [];
    const stalled = new Promise<Observation>((resolve) => {
      child.stdout.on('data', async (chunk: Buffer) => {
        lines.push(...chunk.toString('utf8').trim().split('\n'));
        if (lines.length === 1) {
          await wait(100);
          child.kill('SIGSTOP');
          await wait(600);
          child.kill('SIGCONT');
        } else resolve(JSON.parse(lines[1] ?? ''));
      });
    });
    expect(await stalled).toMatchObject({ kind: 'stalled', frozen: true });
  });

  it('tells what it was doing when it was late', async () => {
    const { recorder, stop, stalls } = watched();
    await wait(30);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    await new Promise<void>((resolve) => recorder.watch((seen) => seen.kind === 'stalled' && resolve()));
    stop();
    const [stall] = stalls();
    // It neither computed nor waited for the world: its own code held the loop.
    expect(stall?.cpuMs).toBeLessThan(100);
    expect(stall?.utilisation).toBeGreaterThan(0.5);
  });

  it.each([
    [
      'slept',
      { wallMs: 3_600_000, bootMs: 3_600_000 },
      [{ lateByMs: 3_600_000, frozen: true, sleptMs: 3_600_000 }],
      [],
    ],
    ['had its clock set forward', { wallMs: 3_600_000, bootMs: 0 }, [], [/set forward by 3600000 ms/]],
    ['had its clock set back', { wallMs: -2000, bootMs: 0 }, [], [/set back by 2000 ms/]],
  ] as const)('notes that the machine %s', (_what, by, expected, notes) => {
    const offset = { wallMs: 0, bootMs: 0 };
    const clock: Clock = {
      ...systemClock,
      wallMs: () => systemClock.nowMs() + offset.wallMs,
      bootMs: () => systemClock.nowMs() + offset.bootMs,
    };
    const recorder = new Recorder({ clock });
    const stop = watchStalls({ recorder, clock });
    Object.assign(offset, by);
    const { maxDelayMs } = stop();
    // What this machine does to the test itself is noted beside it.
    const slept = recorder.observations.filter((seen) => seen.kind === 'stalled' && seen.sleptMs !== undefined);
    expect(slept).toHaveLength(expected.length);
    for (const [at, one] of expected.entries()) {
      const { lateByMs, ...rest } = one;
      expect(slept[at]).toMatchObject(rest.frozen ? { frozen: true } : {});
      expect(slept[at]).toHaveProperty('lateByMs', expect.closeTo(lateByMs, -3));
    }
    const said = recorder.observations.flatMap((seen) => (seen.kind === 'noted' ? [seen.text] : []));
    expect(said).toHaveLength(notes.length);
    for (const [at, words] of notes.entries()) expect(said[at]).toMatch(words);
    expect(maxDelayMs).toBeLessThan(3_600_000);
  });
});
