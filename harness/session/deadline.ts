import type { Clock } from '../kernel/clock.ts';

/** One deadline that moves often: moving it later costs an assignment, its timer catches up when it fires. */
export class Deadline {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #dueMs = Number.POSITIVE_INFINITY;
  #timerMs = Number.POSITIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Calls `onDue` once when the monotonic clock has reached `dueMs`, unless it is moved or lifted before. */
  set(dueMs: number): void {
    this.#dueMs = dueMs;
    if (this.#cancelTimer === null || dueMs < this.#timerMs) this.#schedule();
  }

  /** Takes the deadline away. */
  lift(): void {
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#timerMs = this.#dueMs;
    this.#cancelTimer = this.#clock.after(this.#dueMs - this.#clock.nowMs(), () => this.#fire());
  }

  #fire(): void {
    this.#cancelTimer = null;
    if (this.#clock.nowMs() < this.#dueMs) this.#schedule();
    else {
      this.#dueMs = Number.POSITIVE_INFINITY;
      this.#onDue();
    }
  }
}
