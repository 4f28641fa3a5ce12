import type { Profile } from '../protocol/profile.ts';
import { meaningsOf } from './meanings.ts';
import type { Observation, Role, Seen } from './observation.ts';
import { idsIn, markersIn } from './request-ids.ts';
import type { Frame, Happening, SessionRecord, TurnRecord } from './run.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type TurnDraft = Mutable<Omit<TurnRecord, 'happenings' | 'frames' | 'sentIds' | 'markers' | 'resumed'>> & {
  readonly sentIds: Set<string>;
  readonly markers: Set<string>;
  readonly happenings: Happening[];
  readonly frames: Frame[];
  /** Recovered events: whose they are is known only when all of the turn's ids are. */
  readonly recovered: Happening[];
  readonly resumed: Seen<'resumed'>[];
};

/** What the readers of one run share: which connection of each persona asked first, and every turn by its persona and name. */
export class RunHistory {
  readonly personas = new Map<string, SessionReader>();
  readonly turns = new Map<string, TurnDraft>();
}

const CONNECTING: ReadonlySet<Observation['kind']> = new Set(['joined', 'credentialed', 'dialled']);

/** Reads the observations of one connection, in order, at constant cost each. */
export class SessionReader {
  readonly #session: string;
  readonly #profile: Profile;
  readonly #history: RunHistory;
  readonly #observations: Observation[] = [];
  readonly #frames: Frame[] = [];
  readonly #happenings: Happening[] = [];
  readonly #strays: Happening[] = [];
  readonly #turns: TurnDraft[] = [];
  readonly #byName = new Map<string, TurnDraft>();
  #resumed: Seen<'resumed'> | null = null;
  /** The turn that what arrives now belongs to. */
  #turn: TurnDraft | undefined;
  #persona: string;
  #role: Role | null;
  #subject: string | null;
  #opened: Seen<'opened'> | null = null;
  #welcomed: SessionRecord['welcomed'] = null;
  #closing: Seen<'closing'> | null = null;
  #closed: Seen<'closed'> | null = null;

  /** `before`: the same name's connection that ended, which tells who it is until this one says otherwise. */
  constructor(session: string, profile: Profile, history: RunHistory, before: SessionReader | null) {
    this.#session = session;
    this.#profile = profile;
    this.#history = history;
    this.#persona = before === null ? session : before.#persona;
    this.#role = before === null ? null : before.#role;
    this.#subject = before === null ? null : before.#subject;
  }

  /** Whether this observation begins another connection under the same name. */
  endsBefore(seen: Observation): boolean {
    return this.#opened !== null && CONNECTING.has(seen.kind) && !this.#isDialledAgain(seen);
  }

  /** A further try of the same dial, which was turned away before its welcome: of that one, the connection is the last. */
  #isDialledAgain(seen: Observation): boolean {
    const isTurnedAway = this.#closed !== null && this.#welcomed === null && this.#turns.length === 0;
    return seen.kind === 'dialled' && seen.attempt > 1 && isTurnedAway;
  }

  enter(seen: Observation): void {
    this.#observations.push(seen);
    const turn = this.#turn;
    switch (seen.kind) {
      case 'joined':
        this.#persona = seen.persona;
        this.#role = seen.role;
        break;
      case 'credentialed':
        this.#subject = seen.subject;
        break;
      case 'dialled':
        // A recording that lost its beginning still tells of a user.
        this.#role ??= 'user';
        [this.#opened, this.#closed, this.#closing] = [null, null, null];
        break;
      case 'opened':
        this.#opened = seen;
        break;
      case 'closing':
        this.#closing ??= seen;
        break;
      case 'closed':
        this.#closed = seen;
        break;
      case 'asked':
        this.#ask(seen);
        break;
      case 'sent':
        this.#send(seen, turn);
        break;
      case 'settled': {
        const settling = this.#byName.get(seen.turn);
        if (settling) settling.settled ??= seen;
        break;
      }
      case 'resumed':
        this.#resume(seen);
        break;
      case 'gave-up':
        if (turn && turn.settled === null) turn.gaveUp = seen;
        break;
      case 'received':
        this.#receive({ at: seen, meanings: meaningsOf(seen, this.#profile) }, turn);
        break;
      default:
        break;
    }
  }

  record(): SessionRecord {
    const turns = this.#turns.map((turn) => this.#settled(turn));
    return {
      session: this.#session,
      persona: this.#persona,
      role: this.#role ?? 'probe',
      observations: this.#observations,
      frames: this.#frames,
      subject: this.#subject,
      opened: this.#opened,
      welcomed: this.#welcomed,
      closing: this.#closing,
      closed: this.#closed,
      resumed: this.#resumed,
      happenings: this.#happenings,
      strays: this.#strays.sort((a, b) => a.at.seq - b.at.seq),
      turns,
    };
  }

  #ask(asked: Seen<'asked'>): void {
    this.#role ??= 'user';
    const { personas, turns } = this.#history;
    if (!personas.has(this.#persona)) personas.set(this.#persona, this);
    const draft: TurnDraft = {
      turn: asked.turn,
      session: this.#session,
      asked,
      sent: null,
      sentIds: new Set(),
      markers: new Set(),
      happenings: [],
      frames: [],
      recovered: [],
      settled: null,
      gaveUp: null,
      resumed: [],
    };
    this.#turns.push(draft);
    this.#turn = draft;
    this.#byName.set(asked.turn, draft);
    turns.set(this.#nameOf(asked.turn), draft);
  }

  /** Only a turn that the same persona asked before can go on. */
  #resume(seen: Seen<'resumed'>): void {
    const turn = this.#history.turns.get(this.#nameOf(seen.turn));
    if (turn === undefined) return;
    turn.resumed.push(seen);
    this.#resumed ??= seen;
    this.#turn = turn;
    this.#byName.set(seen.turn, turn);
  }

  #nameOf(turn: string): string {
    return `${this.#persona} ${turn}`;
  }

  #send(sent: Seen<'sent'>, turn: TurnDraft | undefined): void {
    // What is sent before anything has come back is the request, in however many frames; later frames are replies.
    if (turn && turn.frames.length === 0) {
      turn.sent ??= sent;
      for (const id of idsIn(sent.text)) turn.sentIds.add(id);
      for (const marker of markersIn(sent.text)) turn.markers.add(marker);
    }
    for (const meaning of meaningsOf(sent, this.#profile)) {
      if (meaning.kind !== 'event') continue;
      const happening: Happening = { at: sent, event: meaning.event };
      this.#happenings.push(happening);
      (turn?.happenings ?? this.#strays).push(happening);
    }
  }

  #receive(frame: Frame, turn: TurnDraft | undefined): void {
    this.#frames.push(frame);
    turn?.frames.push(frame);
    for (const meaning of frame.meanings) {
      if (meaning.kind === 'welcome' || meaning.kind === 'handshake') this.#welcomed ??= { at: frame.at, meaning };
      if (meaning.kind !== 'event') continue;
      const happening: Happening = { at: frame.at, event: meaning.event };
      this.#happenings.push(happening);
      if (turn === undefined) this.#strays.push(happening);
      else if (meaning.event.recovered && this.#isFirstOfItsPersona()) turn.recovered.push(happening);
      else turn.happenings.push(happening);
    }
  }

  /** On a persona's first connection a recovered event may come from somebody's earlier run. */
  #isFirstOfItsPersona(): boolean {
    return this.#history.personas.get(this.#persona) === this;
  }

  #settled({ recovered, ...turn }: TurnDraft): TurnRecord {
    if (recovered.length === 0) return turn;
    const ids = new Set(turn.sentIds);
    for (const { event } of turn.happenings) if (event.runId !== null) ids.add(event.runId);
    const happenings = [...turn.happenings];
    for (const one of recovered) {
      const isOwn = one.event.runId !== null && ids.has(one.event.runId);
      (isOwn ? happenings : this.#strays).push(one);
    }
    return { ...turn, happenings: happenings.sort((a, b) => a.at.seq - b.at.seq) };
  }
}
