/** Where time comes from: the real clock lives in `session/system-clock`, tests bring a manual one. */
export type Clock = {
  /** Monotonic milliseconds with one origin for all threads of this process; the only clock that budgets are measured with. */
  readonly nowMs: () => number;
  /** Milliseconds since the Unix epoch; for correlation with other machines' logs and stamps only. */
  readonly wallMs: () => number;
  /** Milliseconds since this machine was started, the time in which it was suspended included; nobody can set it. Absent where it is not known. */
  readonly bootMs?: () => number;
  /**
   * Calls `then` once, `delayMs` from now, after the event loop had one more turn to read what the kernel already holds
   * (a deadline judged without that turn declares frames missing that have arrived). The answer cancels it.
   */
  readonly after: (delayMs: number, then: () => void) => () => void;
};
