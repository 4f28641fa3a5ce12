import type { AgentEvent } from '../protocol/event.ts';
import type { Meaning, Profile } from '../protocol/profile.ts';
import type { Header } from './header.ts';
import type { Observation, Role, Seen } from './observation.ts';
import { RunHistory, SessionReader } from './session-reader.ts';

/** A frame that arrived, and what it means; decoded once. */
export type Frame = { readonly at: Seen<'received'>; readonly meanings: readonly Meaning[] };

/** One of the five events where it arrived, or where we sent the frame that it is derived from. */
export type Happening = { readonly at: Seen<'received' | 'sent'>; readonly event: AgentEvent };

/** One question and what it caused: everything on its session from `asked` to the next `asked` or the end, and on those that go on with it. */
export type TurnRecord = {
  readonly turn: string;
  readonly session: string;
  readonly asked: Seen<'asked'>;
  /** The request's own frame, its first where it has several; `null` when the socket was gone before it. */
  readonly sent: Seen<'sent'> | null;
  /** The ids that the request carries: these are known to be this turn's. */
  readonly sentIds: ReadonlySet<string>;
  /** The markers in the request's prompt, by which texts that answer it are recognised. */
  readonly markers: ReadonlySet<string>;
  readonly happenings: readonly Happening[];
  readonly frames: readonly Frame[];
  /** `null`: interrupted, so silence in it proves nothing. */
  readonly settled: Seen<'settled'> | null;
  readonly gaveUp: Seen<'gave-up'> | null;
  /** Where later connections went on with it, in order. */
  readonly resumed: readonly Seen<'resumed'>[];
};

/** One connection of the run with all that led to it, indexed in a single pass. */
export type SessionRecord = {
  readonly session: string;
  readonly persona: string;
  readonly role: Role;
  readonly observations: readonly Observation[];
  readonly frames: readonly Frame[];
  /** The subject of the token that the session travelled with. */
  readonly subject: string | null;
  readonly opened: Seen<'opened'> | null;
  readonly welcomed: {
    readonly at: Seen<'received'>;
    readonly meaning: Extract<Meaning, { kind: 'welcome' | 'handshake' }>;
  } | null;
  readonly closing: Seen<'closing'> | null;
  readonly closed: Seen<'closed'> | null;
  /** The turn of an earlier connection that this one goes on with. */
  readonly resumed: Seen<'resumed'> | null;
  /** Every event on this connection, in order, whosever it is. */
  readonly happenings: readonly Happening[];
  /** Events that no question of this session caused: before the first, or recovered from a run that nobody here asked for. */
  readonly strays: readonly Happening[];
  readonly turns: readonly TurnRecord[];
};

/** A header with its timeline, read through a profile: the one thing that rules and diagnosis look at. */
export type Run = {
  readonly header: Header;
  readonly profile: Profile;
  readonly observations: readonly Observation[];
  /** All sessions, in order of appearance. A name that connects again is another session of the same name. */
  readonly sessions: readonly SessionRecord[];
  /** Sessions of users: what rules read. */
  readonly users: readonly SessionRecord[];
  /** The turns of all users, in order of asking. */
  readonly turns: readonly TurnRecord[];
  /** When this process itself was late, in order. */
  readonly stalls: readonly Seen<'stalled'>[];
};

/** Reads a timeline in one pass: groups it by session and turn, and decodes each frame exactly once. */
export function readRun(header: Header, observations: readonly Observation[], profile: Profile): Run {
  const readers: SessionReader[] = [];
  const current = new Map<string, SessionReader>();
  const history = new RunHistory();
  const stalls: Seen<'stalled'>[] = [];
  for (const seen of observations) {
    if (seen.kind === 'stalled') stalls.push(seen);
    let reader = current.get(seen.session);
    if (reader?.endsBefore(seen) ?? true) {
      reader = new SessionReader(seen.session, profile, history, reader ?? null);
      readers.push(reader);
      current.set(seen.session, reader);
    }
    reader?.enter(seen);
  }
  const sessions = readers.map((reader) => reader.record());
  const users = sessions.filter((session) => session.role === 'user');
  const turns = users.flatMap((session) => session.turns).sort((a, b) => a.asked.seq - b.asked.seq);
  return { header, profile, observations, sessions, users, turns, stalls };
}
