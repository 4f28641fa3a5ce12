import type { Clock } from '../kernel/clock.ts';
import { mapTexts } from '../kernel/map-texts.ts';
import type { Secret } from '../kernel/secret.ts';
import { BODY_HEAD_CHARS } from '../target/answer.ts';
import { type Redactor, redactor } from '../target/redact.ts';
import type { Observation, Sighting } from '../timeline/observation.ts';

type Place = { readonly seq: number; readonly atMs: number; readonly session: string };
type Listener = (observation: Observation) => void;

/** The session name of what this process says of itself: stalls, listeners that threw. */
export const HARNESS_SESSION = 'harness';

/** The only way into a timeline: it stamps, numbers from 0 and redacts every text before anybody can see it. */
export class Recorder {
  readonly #clock: Clock;
  readonly #redactor: Redactor;
  readonly #observations: Observation[] = [];
  readonly #listeners = new Set<Listener>();

  constructor(of: { readonly clock: Clock; readonly redactor?: Redactor }) {
    this.#clock = of.clock;
    this.#redactor = of.redactor ?? redactor([]);
  }

  /** Everything noted so far, in order. A live view: it grows. */
  get observations(): readonly Observation[] {
    return this.#observations;
  }

  /** Appends one sighting and tells the listeners; `atMs` is when it happened, where that was before now. */
  note<S extends Sighting>(session: string, sighting: S, atMs: number = this.#clock.nowMs()): S & Place {
    const seen = {
      ...trimmed(mapTexts(sighting, (text) => this.redact(text))),
      seq: this.#observations.length,
      atMs,
      session,
    };
    this.#observations.push(seen);
    for (const listener of [...this.#listeners]) this.#tell(listener, seen);
    return seen;
  }

  /** Calls `listener` with every later observation, at once and in order; the answer stops it. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** From now on this secret is masked in every text, in all the forms in which it travels. */
  hide(secret: Secret): void {
    this.#redactor.hide(secret);
  }

  /** A text without the secrets that are known by now: for whatever is made of decoded frames and leaves by another door. */
  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  #tell(listener: Listener, seen: Observation): void {
    try {
      listener(seen);
    } catch (error) {
      this.#listeners.delete(listener);
      const text = `a listener threw and hears no more: ${error instanceof Error ? error.message : 'not an error'}`;
      this.note(HARNESS_SESSION, { kind: 'noted', topic: 'listener', text });
    }
  }
}

/** Half a secret is no secret to a redactor, so bodies are cut only after it. */
function trimmed<S extends Sighting>(sighting: S): S {
  if (!('answer' in sighting) || sighting.answer === null) return sighting;
  const { answer } = sighting;
  return { ...sighting, answer: { ...answer, bodyHead: answer.bodyHead.slice(0, BODY_HEAD_CHARS) } };
}
