import type { Happening, Run, SessionRecord, TurnRecord } from '../../timeline/run.ts';
import { Askers } from '../askers.ts';
import { broken, doubt, eachListener, eachTurn, type Finding, kept, rulingOf } from '../finding.ts';
import { ForeignTexts } from '../foreign-texts.ts';
import { type NamedId, Ownership } from '../ownership.ts';
import { People } from '../people.ts';
import type { Rule } from '../rule.ts';
import { runName } from '../run-name.ts';

/** A user's connection carries that user's events and nobody else's. */
export const ownUser: Rule = {
  id: 'identity/own-user',
  statement: 'MUST deliver to a user only what belongs to that user',
  because: "one user's question, answer or ids on another's screen is a breach of privacy",
  judge: (run) => rulingOf(new Crossings(run).findings()),
};

/** A question's events carry that question's run and nobody else's. */
export const ownRun: Rule = {
  id: 'identity/own-run',
  statement: 'MUST deliver to a question only the events of its own run',
  because: 'an event of another run is shown under the wrong question',
  judge: (run) => {
    const ownership = new Ownership(run.turns);
    const personas = new Map(run.users.flatMap((user) => user.turns.map((turn) => [turn, user.persona] as const)));
    return rulingOf(
      eachTurn(run, (turn, session) => {
        const findings = turn.happenings.map(({ at, event }) => {
          const foreign = ownership.idsOf(event).find((named) => !isOwn(named, turn, session.persona));
          if (!foreign) return kept(at);
          const actual = `${event.type} carries ${foreign.kind} ${foreign.id} of another question`;
          return broken(`only events of ${runName(turn)}`, actual, at);
        });
        return findings.length > 0 ? findings : [doubt(`no event came (${runName(turn)})`)];
      }),
    );

    /** A thread may go on over several questions of one persona; a run may not. An id that is nobody's is no foreign one. */
    function isOwn(named: NamedId, turn: TurnRecord, persona: string): boolean {
      const owners = ownership.ownersOf(named);
      if (owners.size === 0 || owners.has(turn)) return true;
      return named.kind === 'thread' && [...owners].some((owner) => personas.get(owner) === persona);
    }
  },
};

/** How many events of one stranger a violation points to. */
const CITED = 10;

/** Looks for what belongs to one person on the connection of another. */
class Crossings {
  readonly #run: Run;
  readonly #people: People;
  readonly #ownership: Ownership;
  /** With the turns of probes: for what comes to them. */
  readonly #everybody: Ownership;
  readonly #beside: readonly SessionRecord[];
  readonly #isAlone: boolean;
  readonly #askers: Askers;
  readonly #texts: ForeignTexts;
  readonly #personas = new Map<string, Set<string>>();

  constructor(run: Run) {
    this.#run = run;
    this.#people = new People(run);
    this.#beside = run.sessions.filter(isBeside);
    this.#ownership = new Ownership(run.turns);
    this.#everybody = new Ownership([...run.turns, ...this.#beside.flatMap(({ turns }) => turns)]);
    for (const user of run.users) {
      const person = this.#people.of(user);
      if (user.turns.length > 0)
        this.#personas.set(person, (this.#personas.get(person) ?? new Set()).add(user.persona));
    }
    const sessions = [...run.users, ...this.#beside];
    this.#askers = new Askers(sessions, this.#people);
    this.#texts = new ForeignTexts({ run, sessions, people: this.#people, askers: this.#askers, ids: this.#everybody });
    this.#isAlone = this.#askers.people.size < 2 && this.#beside.length === 0;
  }

  findings(): readonly Finding[] {
    const merged = [...this.#personas.values()].filter((personas) => personas.size > 1);
    const doubts = merged.map((personas) => doubt(`${[...personas].join(' and ')} are one user to this target`));
    return [
      ...doubts,
      ...eachListener(this.#run, (session) => this.#on(session)),
      ...this.#beside.flatMap((session) => this.#crossed(session)),
    ];
  }

  #on(session: SessionRecord): readonly Finding[] {
    const { happenings } = session;
    const crossed = this.#crossed(session);
    if (crossed.length > 0) return crossed;
    const cited = [happenings[0], happenings.at(-1)].flatMap((one) => (one ? [kept(one.at)] : []));
    return cited.length > 0 ? cited : [doubt(`no event came on session ${session.session}`)];
  }

  #crossed(session: SessionRecord): readonly Finding[] {
    const person = this.#people.of(session);
    return [
      ...this.#strangeIds(session, person),
      ...session.happenings.flatMap((happening) => this.#foreignIds(happening, session, person)),
      ...(this.#isAlone ? [] : this.#texts.on(session, person)),
    ];
  }

  /** A connection belongs to one user: a known stranger's id, or a second id whoever's it is; a placeholder is nobody's. */
  #strangeIds(session: SessionRecord, person: string): readonly Finding[] {
    const ids = this.#people.userIds(session);
    const own = ids.find(({ id }) => this.#people.withSubject(id) === person) ?? ids[0];
    return ids.flatMap((seen) => {
      const owner = this.#people.withSubject(seen.id);
      const isStrange = owner === null ? seen !== own : owner !== person;
      if (!isStrange) return [];
      const whose = owner === null ? 'a second user' : 'another user';
      return [
        broken(
          `only events of the user of session ${session.session}`,
          `${[...new Set(seen.at.map(({ event }) => event.type))].join(', ')} for ${whose}, ${seen.id}`,
          ...seen.at.slice(0, CITED).map(({ at }) => at),
        ),
      ];
    });
  }

  #foreignIds({ at, event }: Happening, session: SessionRecord, person: string): readonly Finding[] {
    const ownership = session.role === 'user' ? this.#ownership : this.#everybody;
    return ownership.idsOf(event).flatMap((named) => {
      const owners = this.#askers.among(ownership.ownersOf(named));
      if (owners.size === 0 || owners.has(person)) return [];
      const actual = `${event.type} with the ${named.kind} id ${named.id} of another user`;
      return [broken(`only events of the user of session ${session.session}`, actual, at)];
    });
  }
}

/** A connection of the ladder or of a probe whose user is known: nothing is owed there, and nobody else's may come. */
function isBeside({ role, opened, subject }: SessionRecord): boolean {
  return role !== 'user' && opened !== null && subject !== null;
}
