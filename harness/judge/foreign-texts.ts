import type { Happening, SessionRecord } from '../timeline/run.ts';
import { broken, type Finding } from './finding.ts';
import { type Claim, type Company, ForeignIds } from './foreign-ids.ts';
import { type Told, toldIn } from './told-in.ts';

const WORDS: { readonly [K in Claim['kind']]: (id: string) => string } = {
  user: (id) => `the user id ${id} of another user`,
  request: (id) => `the id ${id} of another user's request`,
  run: (id) => `the run id ${id} of another user`,
  thread: (id) => `the thread id ${id} of another user`,
};

/** Looks for the words of one person in the texts to another: the markers of questions, and ids, whole or in a sentence. */
export class ForeignTexts {
  readonly #company: Company;
  readonly #foreign: ForeignIds;
  readonly #personOfMarker = new Map<string, string>();
  readonly #said = new Map<string, ReadonlyMap<string, number>>();

  constructor(company: Company) {
    this.#company = company;
    this.#foreign = new ForeignIds(company);
    for (const session of company.sessions) {
      const person = company.people.of(session);
      for (const { markers } of session.turns) for (const marker of markers) this.#personOfMarker.set(marker, person);
    }
  }

  /** What came on this connection of that person's, one finding for a frame. */
  on(session: SessionRecord, person: string): readonly Finding[] {
    const expected = `only text for the user of session ${session.session}`;
    return session.frames.flatMap(({ at }) => {
      const told = toldIn(at.text, this.#foreign.sought);
      const marker = told.markers.find((one) => (this.#personOfMarker.get(one) ?? person) !== person);
      if (marker !== undefined) return [broken(expected, `the marker ${marker} of another user's question`, at)];
      const named = this.#whole(told, person) ?? this.#quoted(told, person, at.seq);
      if (named === null) return [];
      const { id, claim } = named;
      const isTold =
        claim.kind === 'user'
          ? this.#company.people.userIds(session).some((seen) => seen.id === id)
          : session.happenings.some((happening) => happening.at === at && isNamedBy(happening, id));
      return isTold ? [] : [broken(expected, WORDS[claim.kind](id), at)];
    });
  }

  #whole({ ids }: Told, person: string): { readonly id: string; readonly claim: Claim } | null {
    const { people, askers } = this.#company;
    const user = ids.find((one) => (people.withSubject(one) ?? person) !== person);
    if (user !== undefined) return { id: user, claim: { person, kind: 'user' } };
    const request = ids.find((one) => {
      const among = askers.among(this.#company.ids.askersOf(one));
      return among.size > 0 && !among.has(person);
    });
    return request === undefined ? null : { id: request, claim: { person, kind: 'request' } };
  }

  /** What a person said first may be said back. */
  #quoted({ quoted }: Told, person: string, seq: number): { readonly id: string; readonly claim: Claim } | null {
    for (const id of quoted) {
      const claim = this.#foreign.to(person, id);
      if (claim !== null && (this.#saidBy(person).get(id) ?? seq) >= seq) return { id, claim };
    }
    return null;
  }

  /** Which of the ids that are sought a person wrote, and when first. */
  #saidBy(person: string): ReadonlyMap<string, number> {
    const known = this.#said.get(person);
    if (known) return known;
    const said = new Map<string, number>();
    for (const session of this.#company.sessions) {
      if (this.#company.people.of(session) !== person) continue;
      for (const seen of session.observations) {
        if (seen.kind !== 'sent') continue;
        for (const id of toldIn(seen.text, this.#foreign.sought).quoted) if (!said.has(id)) said.set(id, seen.seq);
      }
    }
    this.#said.set(person, said);
    return said;
  }
}

/** Whether an event's own run or thread has this id: what it tells is told already. */
function isNamedBy({ event }: Happening, id: string): boolean {
  return event.runId === id || event.threadId === id;
}
