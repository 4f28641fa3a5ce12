import type { TurnRecord } from '../timeline/run.ts';
import { isPlaceholder } from './placeholder.ts';

type Kind = 'run' | 'thread';
/** An id on an event, and what it names. */
export type NamedId = { readonly kind: Kind; readonly id: string };

/**
 * Whose the run and thread ids of these turns are. An id is owned by the turns whose requests carried it; else by those for which
 * it is the most frequent of their ids (servers put their own in place of ours). An id that is neither is nobody's: servers
 * give a second id to a bridge, a tool or a context, and the same one to everybody. A placeholder is no id.
 */
export class Ownership {
  readonly #senders = new Map<string, Set<TurnRecord>>();
  readonly #homes = new Map<string, Set<TurnRecord>>();
  readonly #threads = new Set<string | null>();

  constructor(turns: readonly TurnRecord[]) {
    for (const turn of turns) {
      for (const id of turn.sentIds) add(this.#senders, id, turn);
      for (const { event } of turn.happenings) this.#threads.add(event.threadId);
    }
    for (const turn of turns) this.#settle(turn);
  }

  /** The ids of an event that tell whose it is. A thread id in the place of a run id is read as what it is. */
  idsOf({ runId, threadId }: { readonly runId: string | null; readonly threadId: string | null }): readonly NamedId[] {
    const ids: NamedId[] = [];
    if (runId !== null && !this.#threads.has(runId) && !isPlaceholder(runId)) ids.push({ kind: 'run', id: runId });
    if (threadId !== null && !isPlaceholder(threadId)) ids.push({ kind: 'thread', id: threadId });
    return ids;
  }

  /** The turns that an id belongs to; empty for an id that is nobody's. */
  ownersOf(named: NamedId): ReadonlySet<TurnRecord> {
    return this.#senders.get(named.id) ?? this.#homes.get(keyOf(named)) ?? NOBODY;
  }

  /** The turns whose own requests carried this id. */
  askersOf(id: string): ReadonlySet<TurnRecord> {
    return this.#senders.get(id) ?? NOBODY;
  }

  /** Every id that is somebody's: those of requests have no kind. */
  *owned(): Iterable<{ readonly id: string; readonly kind: Kind | null; readonly turns: ReadonlySet<TurnRecord> }> {
    for (const [id, turns] of this.#senders) yield { id, kind: null, turns };
    for (const [key, turns] of this.#homes) {
      const kind = key.startsWith('run ') ? 'run' : 'thread';
      yield { id: key.slice(kind.length + 1), kind, turns };
    }
  }

  #settle(turn: TurnRecord): void {
    const counts = new Map<string, NamedId & { times: number }>();
    for (const { event } of turn.happenings) {
      for (const named of this.idsOf(event)) {
        const key = keyOf(named);
        const count = counts.get(key) ?? { ...named, times: 0 };
        count.times += 1;
        counts.set(key, count);
      }
    }
    const most = { run: 0, thread: 0 };
    for (const { kind, times } of counts.values()) most[kind] = Math.max(most[kind], times);
    for (const [key, { kind, times }] of counts) if (times === most[kind]) add(this.#homes, key, turn);
  }
}

const NOBODY: ReadonlySet<TurnRecord> = new Set();

function keyOf({ kind, id }: NamedId): string {
  return `${kind} ${id}`;
}

function add<V>(map: Map<string, Set<V>>, key: string, value: V): void {
  const known = map.get(key) ?? new Set<V>();
  map.set(key, known.add(value));
}
