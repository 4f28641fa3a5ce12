/** One side of a tool call as the wire names it. */
export type ToolCall = { readonly tool: string | null; readonly callId: string | null };

type Entry<T> = { readonly call: ToolCall; readonly item: T };

/**
 * Pairs the beginnings of tool calls with their ends, at constant cost each: by call id where both sides have one, else by
 * tool name, in any order and interleaved. A side without a name fits any call. Each step answers the item of the other
 * side where the call is now whole, else `null`.
 */
export class ToolLedger<T> {
  readonly #begun = new Pool<T>();
  readonly #ended = new Pool<T>();
  readonly #failed = new Pool<T>();

  /** A tool_executing. */
  begin(call: ToolCall, item: T): T | null {
    const end = this.#ended.take(call);
    if (end === null) this.#begun.put({ call, item });
    return end?.item ?? null;
  }

  /** A tool_completed. One that follows the failure of the same call reports the same end. */
  end(call: ToolCall, item: T): T | null {
    const begun = this.#begun.take(call) ?? this.#failed.take(call);
    if (begun === null) this.#ended.put({ call, item });
    return begun?.item ?? null;
  }

  /** A tool that says that it failed: this ends its call; a failure of nothing begun changes nothing. */
  fail(call: ToolCall): T | null {
    const begun = this.#begun.take(call);
    if (begun !== null) this.#failed.put(begun);
    return begun?.item ?? null;
  }

  /** Calls that began and have not ended. */
  get unended(): readonly T[] {
    return this.#begun.items;
  }

  /** Ends that no beginning belongs to. */
  get unbegun(): readonly T[] {
    return this.#ended.items;
  }

  /** Whether every side that came has its other side; true of none at all. */
  get balanced(): boolean {
    return this.#begun.size === 0 && this.#ended.size === 0;
  }
}

/** Entries findable by call id and by name, oldest first. */
class Pool<T> {
  readonly #all = new Set<Entry<T>>();
  readonly #byKey = new Map<string, Set<Entry<T>>>();

  get size(): number {
    return this.#all.size;
  }

  get items(): readonly T[] {
    return [...this.#all].map((entry) => entry.item);
  }

  put(entry: Entry<T>): void {
    this.#all.add(entry);
    for (const key of keysOf(entry.call)) {
      const found = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, found.add(entry));
    }
  }

  take(call: ToolCall): Entry<T> | null {
    for (const key of fits(call)) {
      const [entry] = this.#byKey.get(key) ?? [];
      if (entry === undefined) continue;
      this.#all.delete(entry);
      for (const own of keysOf(entry.call)) this.#byKey.get(own)?.delete(entry);
      return entry;
    }
    return null;
  }
}

/** Where an entry can be found: calls with an id are kept apart, so that two ids never meet over a name. */
function keysOf({ tool, callId }: ToolCall): readonly string[] {
  if (callId !== null) return [`id ${callId}`, `named-with-id ${tool ?? ''}`, 'with-id'];
  return [`named ${tool ?? ''}`, 'without-id'];
}

/** Where to look for the other side of a call, best first. */
function fits({ tool, callId }: ToolCall): readonly string[] {
  if (callId !== null)
    return tool === null ? [`id ${callId}`, 'without-id'] : [`id ${callId}`, `named ${tool}`, 'named '];
  return tool === null
    ? ['without-id', 'with-id']
    : [`named ${tool}`, 'named ', `named-with-id ${tool}`, 'named-with-id '];
}
