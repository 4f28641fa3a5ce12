/** How often the watch of our own event loop looks; a stall is timed from the look that it delayed, so it may have begun so much earlier. */
export const STALL_TICK_MS = 20;

/** Later than this, over the tick itself, is a stall and is noted: idle loops with timers of this resolution stay under 15 ms. */
export const LEAST_STALL_MS = 50;
