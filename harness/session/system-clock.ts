import { uptime } from 'node:os';
import type { Clock } from '../kernel/clock.ts';
import { LEAST_STALL_MS } from '../timeline/stall-watch.ts';

const NS_PER_MS = 1e6;
const MS_PER_S = 1000;

/** The real clock: hrtime for budgets (one origin for all threads), and deadlines that give the loop one more read before they fire, and are put off once by as long as this process overslept them. */
export const systemClock: Clock = {
  nowMs,
  wallMs: () => Date.now(),
  bootMs: () => uptime() * MS_PER_S,
  after(delayMs, then) {
    let dueMs = nowMs() + delayMs;
    let overslept = false;
    let immediate: NodeJS.Immediate | undefined;
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      // Timers count whole milliseconds of a clock of their own, and may come one early.
      const restMs = dueMs - nowMs();
      if (restMs > 0) timer = setTimeout(wait, Math.ceil(restMs));
      // As late as a stall: this process was stopped or busy, and what it waited for lies unread.
      else if (restMs < -LEAST_STALL_MS && !overslept) {
        overslept = true;
        dueMs = nowMs() - restMs;
        timer = setTimeout(wait, Math.ceil(-restMs));
      } else immediate = setImmediate(then);
    };
    timer = setTimeout(wait, Math.max(0, Math.ceil(delayMs)));
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
};

function nowMs(): number {
  return Number(process.hrtime.bigint()) / NS_PER_MS;
}
