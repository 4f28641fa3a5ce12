import type { AgentEvent } from '../protocol/event.ts';
import type { Meaning, Profile } from '../protocol/profile.ts';
import type { Header } from './header.ts';
import { meaningsOf } from './meanings.ts';
import type { Observation, Role, Seen } from './observation.ts';

/** A frame that arrived, and what it means; decoded once. */
export type Frame = { readonly at: Seen<'received'>; readonly meanings: readonly Meaning[] };

/** One of the five events where it arrived. */
export type Happening = { readonly at: Seen<'received'>; readonly event: AgentEvent };

/** One question and what it caused on its session: everything from `asked` to the next `asked` or the end. */
export type TurnRecord = {
  readonly turn: string;
  readonly session: string;
  readonly asked: Seen<'asked'>;
  /** The request's own frame; `null` when the socket was gone before it. */
  readonly sent: Seen<'sent'> | null;
  readonly happenings: readonly Happening[];
  readonly frames: readonly Frame[];
  /** `null`: interrupted, so silence in it proves nothing. */
  readonly settled: Seen<'settled'> | null;
  readonly gaveUp: Seen<'gave-up'> | null;
};

/** One session of the run, indexed in a single pass. */
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
  /** Events that no question of this session caused: before the first, or recovered from an earlier connection's run. */
  readonly strays: readonly Happening[];
  readonly turns: readonly TurnRecord[];
};

/** A header with its timeline, read through a profile: the one thing that rules and diagnosis look at. */
export type Run = {
  readonly header: Header;
  readonly observations: readonly Observation[];
  /** All sessions, in order of appearance. */
  readonly sessions: readonly SessionRecord[];
  /** Sessions of users: what rules read. */
  readonly users: readonly SessionRecord[];
  /** The turns of all users, in order of asking. */
  readonly turns: readonly TurnRecord[];
};

type Draft = {
  session: string;
  persona: string;
  role: Role;
  observations: Observation[];
  frames: Frame[];
  subject: string | null;
  opened: Seen<'opened'> | null;
  welcomed: SessionRecord['welcomed'];
  closing: Seen<'closing'> | null;
  closed: Seen<'closed'> | null;
  strays: Happening[];
  turns: TurnDraft[];
};
type TurnDraft = {
  turn: string;
  session: string;
  asked: Seen<'asked'>;
  sent: Seen<'sent'> | null;
  happenings: Happening[];
  frames: Frame[];
  settled: Seen<'settled'> | null;
  gaveUp: Seen<'gave-up'> | null;
};

/** Reads a timeline in one pass: groups it by session and turn, and decodes each frame exactly once. */
export function readRun(header: Header, observations: readonly Observation[], profile: Profile): Run {
  const drafts = new Map<string, Draft>();
  for (const observation of observations) {
    const draft = drafts.get(observation.session) ?? emptyDraft(observation.session);
    drafts.set(observation.session, draft);
    draft.observations.push(observation);
    enter(draft, observation, profile, drafts);
  }
  const sessions: readonly SessionRecord[] = [...drafts.values()];
  const users = sessions.filter((session) => session.role === 'user');
  const turns = users.flatMap((session) => session.turns).sort((a, b) => a.asked.seq - b.asked.seq);
  return { header, observations, sessions, users, turns };
}

function emptyDraft(session: string): Draft {
  return {
    session,
    persona: session,
    role: 'user',
    observations: [],
    frames: [],
    subject: null,
    opened: null,
    welcomed: null,
    closing: null,
    closed: null,
    strays: [],
    turns: [],
  };
}

function enter(draft: Draft, seen: Observation, profile: Profile, drafts: ReadonlyMap<string, Draft>): void {
  const turn = draft.turns.at(-1);
  switch (seen.kind) {
    case 'joined':
      draft.persona = seen.persona;
      draft.role = seen.role;
      break;
    case 'credentialed':
      draft.subject = seen.subject;
      break;
    case 'opened':
      draft.opened = seen;
      break;
    case 'closing':
      draft.closing ??= seen;
      break;
    case 'closed':
      draft.closed = seen;
      break;
    case 'asked':
      draft.turns.push({
        turn: seen.turn,
        session: draft.session,
        asked: seen,
        sent: null,
        happenings: [],
        frames: [],
        settled: null,
        gaveUp: null,
      });
      break;
    case 'sent':
      if (turn && turn.sent === null) turn.sent = seen;
      break;
    case 'settled':
      for (const open of draft.turns) if (open.turn === seen.turn) open.settled = seen;
      break;
    case 'gave-up':
      if (turn && turn.settled === null) turn.gaveUp = seen;
      break;
    case 'received':
      receive(draft, turn, { at: seen, meanings: meaningsOf(seen, profile) }, drafts);
      break;
    default:
      break;
  }
}

function receive(draft: Draft, turn: TurnDraft | undefined, frame: Frame, drafts: ReadonlyMap<string, Draft>): void {
  draft.frames.push(frame);
  turn?.frames.push(frame);
  for (const meaning of frame.meanings) {
    if (meaning.kind === 'welcome' || meaning.kind === 'handshake') draft.welcomed ??= { at: frame.at, meaning };
    if (meaning.kind !== 'event') continue;
    const happening = { at: frame.at, event: meaning.event };
    if (turn && !(meaning.event.recovered && isFirstOfItsPersona(draft, drafts))) turn.happenings.push(happening);
    else draft.strays.push(happening);
  }
}

/** A recovered event on a persona's first session of this run comes from somebody's earlier run. */
function isFirstOfItsPersona(draft: Draft, drafts: ReadonlyMap<string, Draft>): boolean {
  for (const other of drafts.values()) {
    if (other === draft) return true;
    if (other.persona === draft.persona && other.turns.length > 0) return false;
  }
  return true;
}
