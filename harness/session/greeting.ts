import type { Meaning } from '../protocol/profile.ts';
import { Latch } from './latch.ts';
import type { Rig } from './rig.ts';
import { waitAtMost } from './wait-at-most.ts';

/** How long an acknowledged handshake may take to be confirmed; nothing depends on it. */
const HANDSHAKE_COMPLETE_MS = 2000;

/** How a wait for the welcome ended. `expired`: nobody had spoken when its max and grace were over. */
export type Welcome = { readonly came: boolean; readonly expired: boolean };

/** What a target says before anything is asked: its welcome in any form, and the handshake that may follow. */
export class Greeting {
  readonly #rig: Rig;
  readonly #session: string;
  readonly #greeted = new Latch();
  readonly #confirmed = new Latch();
  #handshake: Extract<Meaning, { kind: 'handshake' }> | null = null;
  /** The welcome's aftermath has been waited out once. */
  #isCalm = false;

  constructor(rig: Rig, session: string) {
    this.#rig = rig;
    this.#session = session;
  }

  /** The thread that the target offered in its handshake. */
  get threadId(): string | null {
    return this.#handshake?.threadId ?? null;
  }

  heed(meaning: Meaning): void {
    if (meaning.kind === 'handshake') this.#handshake = meaning;
    if (meaning.kind === 'welcome' || meaning.kind === 'handshake') this.#greeted.settle(true);
    if (meaning.kind === 'handshake-complete') this.#confirmed.settle(true);
  }

  /** The connection is gone. */
  ended(): void {
    this.#greeted.settle(false);
    this.#confirmed.settle(false);
  }

  /** Waits for a welcome since `openedAtMs`; the confirmation of a handshake is waited for briefly and never required. */
  async awaited(openedAtMs: number, confirmedWithinMs: number = HANDSHAKE_COMPLETE_MS): Promise<Welcome> {
    const { recorder, clock, settings, signal } = this.#rig;
    const giveUp = (): void => this.#greeted.settle(false);
    const limitMs = settings.budgets.welcome.maxMs + settings.graceMs;
    let expired = false;
    const cancel = clock.after(openedAtMs + limitMs - clock.nowMs(), () => {
      if (this.#greeted.value !== null) return;
      expired = true;
      recorder.note(this.#session, { kind: 'gave-up', waitingFor: 'welcome', afterMs: clock.nowMs() - openedAtMs });
      giveUp();
    });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    const came = await this.#greeted.settled;
    cancel();
    signal.removeEventListener('abort', giveUp);
    if (came && !this.#isCalm) await this.#handshakeOver(confirmedWithinMs);
    this.#isCalm = true;
    return { came, expired };
  }

  /** A handshake may follow the welcome at once, in the same packet even: it gets one turn of the loop to show itself. */
  async #handshakeOver(confirmedWithinMs: number): Promise<void> {
    const { clock, signal } = this.#rig;
    await new Promise<void>((resolve) => clock.after(0, resolve));
    if (this.#handshake === null || signal.aborted) return;
    await waitAtMost(this.#rig, confirmedWithinMs, this.#confirmed);
  }
}
