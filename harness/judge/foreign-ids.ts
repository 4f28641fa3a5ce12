import { localPartOf } from '../timeline/persona-address.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';
import type { Askers } from './askers.ts';
import type { Ownership } from './ownership.ts';
import type { People } from './people.ts';
import { isDistinctive, SoughtIds } from './sought-ids.ts';

/** Everybody of a run, and what they asked. */
export type Company = {
  readonly run: Run;
  /** Whose connections may be told apart. */
  readonly sessions: readonly SessionRecord[];
  readonly people: People;
  readonly askers: Askers;
  readonly ids: Ownership;
};

type Kind = 'user' | 'request' | 'run' | 'thread';
/** Whose an id is, and what it names. */
export type Claim = { readonly person: string; readonly kind: Kind };

/** The ids that are one person's and nobody else's, and distinctive enough to be known in the middle of a sentence. */
export class ForeignIds {
  readonly #claims = new Map<string, Claim | null>();
  /** Of which kinds the target gave ids to a person: `kind person`. */
  readonly #given = new Set<string>();
  readonly sought: SoughtIds;

  constructor({ run, sessions, people, askers, ids }: Company) {
    for (const session of sessions) {
      const person = people.of(session);
      const { subject, persona } = session;
      if (subject !== null) {
        this.#claim(subject, { person, kind: 'user' });
        // Simulated users are called `e2e-` and the local part of their address.
        if (subject.startsWith('e2e-')) this.#claim(subject.slice(4), { person, kind: 'user' });
      }
      if (session.role === 'user') this.#claim(localPartOf(persona, run.header.runId), { person, kind: 'user' });
    }
    for (const { id, kind, turns } of ids.owned()) {
      for (const person of askers.among(turns)) {
        this.#claim(id, { person, kind: kind ?? 'request' });
        this.#given.add(`${kind} ${person}`);
      }
    }
    this.sought = new SoughtIds(this.#claims.keys());
  }

  /** Whose else this is, to that person. What the target made itself may be everybody's, unless it gave this person another. */
  to(person: string, id: string): Claim | null {
    const claim = this.#claims.get(id) ?? null;
    if (claim === null || claim.person === person) return null;
    const isMade = claim.kind === 'run' || claim.kind === 'thread';
    return isMade && !this.#given.has(`${claim.kind} ${person}`) ? null : claim;
  }

  #claim(id: string, claim: Claim): void {
    if (!isDistinctive(id)) return;
    const known = this.#claims.get(id);
    if (known === undefined) this.#claims.set(id, claim);
    else if (known !== null && known.person !== claim.person) this.#claims.set(id, null);
  }
}
