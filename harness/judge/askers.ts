import type { SessionRecord, TurnRecord } from '../timeline/run.ts';
import type { People } from './people.ts';

/** Who asked what: the people behind questions. */
export class Askers {
  readonly #personOf = new Map<TurnRecord, string>();
  readonly #among = new WeakMap<ReadonlySet<TurnRecord>, ReadonlySet<string>>();
  /** Everybody who asked anything. */
  readonly people: ReadonlySet<string>;

  constructor(sessions: readonly SessionRecord[], people: People) {
    for (const session of sessions) {
      const person = people.of(session);
      for (const turn of session.turns) this.#personOf.set(turn, person);
    }
    this.people = new Set(this.#personOf.values());
  }

  /** The people who asked these; one thread may go on over thousands of questions, so they are counted once. */
  among(turns: ReadonlySet<TurnRecord>): ReadonlySet<string> {
    const known = this.#among.get(turns);
    if (known) return known;
    const people = new Set([...turns].flatMap((turn) => this.#personOf.get(turn) ?? []));
    this.#among.set(turns, people);
    return people;
  }
}
