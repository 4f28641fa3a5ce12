import type { Clock } from '../kernel/clock.ts';

const NS_PER_MS = 1e6;

/** The real clock: hrtime for budgets (one origin for all threads), and deadlines that give the loop one more read before they fire. */
export const systemClock: Clock = {
  nowMs: () => Number(process.hrtime.bigint()) / NS_PER_MS,
  wallMs: () => Date.now(),
  after(delayMs, then) {
    let immediate: NodeJS.Immediate | undefined;
    const timer = setTimeout(
      () => {
        immediate = setImmediate(then);
      },
      Math.max(0, delayMs),
    );
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
};
