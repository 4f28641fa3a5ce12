/** Which agents have started and not completed, at constant cost each. Names are `null` where the wire has none. */
export class AgentLedger {
  readonly #open = new Map<string, number>();
  #total = 0;

  start(agent: string | null): void {
    this.#count(agent ?? '', 1);
  }

  /** A completion without a name ends the only open agent; where several are open, nobody can say which. */
  complete(agent: string | null): void {
    const name = agent ?? '';
    if (this.#open.has(name)) this.#count(name, -1);
    else if (this.#open.has('')) this.#count('', -1);
    else if (agent === null && this.#total === 1) {
      this.#open.clear();
      this.#total = 0;
    }
  }

  /** Whether every agent that started has completed; true of none at all. */
  get allDone(): boolean {
    return this.#total === 0;
  }

  #count(name: string, by: 1 | -1): void {
    const now = (this.#open.get(name) ?? 0) + by;
    if (now === 0) this.#open.delete(name);
    else this.#open.set(name, now);
    this.#total += by;
  }
}
