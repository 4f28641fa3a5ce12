import type { Latch } from './latch.ts';
import type { Rig } from './rig.ts';

/** Waits for a latch, at most this long and never beyond the run: it is settled afterwards, with `false` where nobody else did. */
export async function waitAtMost({ clock, signal }: Rig, limitMs: number, latch: Latch): Promise<void> {
  const enough = (): void => latch.settle(false);
  const cancel = clock.after(limitMs, enough);
  signal.addEventListener('abort', enough, { once: true });
  if (signal.aborted) enough();
  await latch.settled;
  cancel();
  signal.removeEventListener('abort', enough);
}
