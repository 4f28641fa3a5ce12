import type { Clock } from '../kernel/clock.ts';

/** The clocks of a machine that is awake may differ by this much between two looks. */
const APART_MS = 100;
/** Clocks that are not read in one breath cannot be compared. */
const AT_ONCE_MS = 20;

/** How the clocks of this machine moved against the monotonic one, which stands still while the machine sleeps. */
export class ClockDrift {
  readonly #clock: Clock;
  #wallMs = 0;
  #bootMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    let nowMs: number;
    let tries = 0;
    do {
      nowMs = clock.nowMs();
      this.#wallMs = clock.wallMs() - nowMs;
      this.#bootMs = (clock.bootMs?.() ?? nowMs) - nowMs;
      tries += 1;
    } while (clock.nowMs() - nowMs > AT_ONCE_MS && tries < 10);
  }

  /**
   * Since the last look: for how long the machine was suspended, and by how much its wall clock was set, forward or back; 0 where it was
   * not. Without a clock that nobody can set, a leap forward is taken for sleep. A look that was itself interrupted tells nothing.
   */
  since(): { readonly sleptMs: number; readonly setMs: number } {
    const clock = this.#clock;
    const nowMs = clock.nowMs();
    const wallMs = clock.wallMs() - nowMs;
    const bootMs = clock.bootMs === undefined ? null : clock.bootMs() - nowMs;
    if (clock.nowMs() - nowMs > AT_ONCE_MS) return { sleptMs: 0, setMs: 0 };
    const leaptMs = wallMs - this.#wallMs;
    // Sleep moves both; a machine without descriptors tells its uptime in whole seconds, which moves the one alone.
    const bothMs = bootMs === null ? leaptMs : Math.min(leaptMs, bootMs - this.#bootMs);
    const sleptMs = bothMs > APART_MS ? bothMs : 0;
    const setMs = leaptMs - sleptMs;
    this.#wallMs = wallMs;
    this.#bootMs = bootMs ?? 0;
    return { sleptMs, setMs: Math.abs(setMs) > APART_MS ? setMs : 0 };
  }
}
