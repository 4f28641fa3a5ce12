import type { Happening, Run, SessionRecord } from '../timeline/run.ts';
import { isPlaceholder } from './placeholder.ts';

/** The user ids that events on one connection carry, each with where it is; the most frequent first. */
export type SeenIds = readonly { readonly id: string; readonly at: readonly Happening[] }[];

/**
 * Who is who: connections grouped into people. Two connections are one person when they share a persona, a token's subject,
 * or one and the same user id on all of their events (some targets make everybody one demonstration user).
 */
export class People {
  readonly #parents = new Map<string, string>();
  readonly #ids = new Map<SessionRecord, SeenIds>();
  readonly #subjects = new Map<string, string>();

  constructor(run: Run) {
    const known = run.sessions.filter(({ role, subject }) => role === 'user' || subject !== null);
    for (const { subject, persona } of known) if (subject !== null) this.#subjects.set(subject, persona);
    for (const user of known) {
      const ids = userIdsOn(user, (id) => this.#subjects.has(id));
      this.#ids.set(user, ids);
      this.#join(personKey(user), `persona ${user.persona}`);
      const [only] = ids;
      if (ids.length === 1 && only && !this.#subjects.has(only.id)) this.#join(personKey(user), `shown ${only.id}`);
    }
  }

  /** The person behind a connection, as a key to compare. */
  of(session: SessionRecord): string {
    return this.#root(personKey(session));
  }

  /** The person whose token has this subject, or `null` for an id that is nobody's here. */
  withSubject(id: string): string | null {
    return this.#subjects.has(id) ? this.#root(`subject ${id}`) : null;
  }

  userIds(session: SessionRecord): SeenIds {
    return this.#ids.get(session) ?? [];
  }

  #join(a: string, b: string): void {
    const [rootA, rootB] = [this.#root(a), this.#root(b)];
    if (rootA !== rootB) this.#parents.set(rootA, rootB);
  }

  #root(key: string): string {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    if (root !== key) this.#parents.set(key, root);
    return root;
  }
}

function personKey({ subject, persona }: SessionRecord): string {
  return subject === null ? `persona ${persona}` : `subject ${subject}`;
}

/**
 * Ids that are cut short and placeholders tell nobody apart, and some emitters put the session's own thread, run or request
 * id, or its user's address, where the user's id belongs. The subject of a token is a user's id wherever it stands.
 */
function userIdsOn(session: SessionRecord, isSubject: (id: string) => boolean): SeenIds {
  const others = new Set<string | null>();
  for (const turn of session.turns) for (const id of turn.sentIds) others.add(id);
  const { happenings } = session;
  for (const { event } of happenings) for (const id of [event.threadId, event.runId, event.requestId]) others.add(id);
  const byId = new Map<string, Happening[]>();
  for (const happening of happenings) {
    const id = happening.event.userId;
    if (id === null || id.endsWith('...') || isPlaceholder(id)) continue;
    if (!isSubject(id) && (others.has(id) || isAddressOf(session.subject, id))) continue;
    const known = byId.get(id);
    if (known) known.push(happening);
    else byId.set(id, [happening]);
  }
  return [...byId].map(([id, at]) => ({ id, at })).sort((a, b) => b.at.length - a.at.length);
}

/** Simulated users are called `e2e-` and the local part of their address. */
function isAddressOf(subject: string | null, id: string): boolean {
  const at = id.indexOf('@');
  return at > 0 && (subject === id.slice(0, at) || subject === `e2e-${id.slice(0, at)}`);
}
