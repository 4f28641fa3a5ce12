import { Latch } from './latch.ts';
import type { Rig } from './rig.ts';
import { waitAtMost } from './wait-at-most.ts';

/** The wait before the second try; it doubles for each further one, times a random factor between 1 and 2. */
const FIRST_WAIT_MS = 500;

/** What a try is made of: the try itself, by its number from 1, and for how long its result asks us to stay away; `null`: another one is no use. */
export type Trying<T> = {
  readonly tries: number;
  readonly attempt: (number: number) => Promise<T>;
  readonly restMs: (result: T) => number | null;
};

/** Makes the first try, and others after growing waits as long as they may help; the last result. Never tries after the run's time is up. */
export async function tryAgain<T>(rig: Rig, trying: Trying<T>): Promise<T> {
  const { tries, attempt, restMs } = trying;
  let last = await attempt(1);
  if (tries <= 1 || rig.signal.aborted || restMs(last) === null) return last;
  let endedMs = rig.clock.nowMs();
  const again = async (number: number): Promise<void> => {
    if (number > 1) {
      const leftMs = endedMs + (restMs(last) ?? 0) - rig.clock.nowMs();
      if (leftMs > 0) await waitAtMost(rig, leftMs, new Latch());
      if (rig.signal.aborted) return;
      last = await attempt(number);
      endedMs = rig.clock.nowMs();
    }
    if (restMs(last) !== null) throw new WorthAnother();
  };
  const { default: pRetry } = await import('p-retry');
  await pRetry(again, {
    retries: tries - 1,
    minTimeout: FIRST_WAIT_MS,
    randomize: true,
    signal: rig.signal,
    shouldRetry: ({ error }) => error instanceof WorthAnother,
  }).catch((error: unknown) => {
    // What the last try came to is told by its result; only our own bugs go on from here.
    if (!(error instanceof WorthAnother) && !rig.signal.aborted) throw error;
  });
  return last;
}

class WorthAnother extends Error {}
