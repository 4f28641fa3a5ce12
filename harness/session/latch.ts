/** A fact that becomes true or false once, and everybody who waits for it. */
export class Latch {
  readonly settled: Promise<boolean>;
  #resolve: (value: boolean) => void = () => undefined;
  #value: boolean | null = null;

  constructor() {
    this.settled = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** `null` while nobody knows. */
  get value(): boolean | null {
    return this.#value;
  }

  /** The first call decides; later ones change nothing. */
  settle(value: boolean): void {
    this.#value ??= value;
    this.#resolve(this.#value);
  }
}
