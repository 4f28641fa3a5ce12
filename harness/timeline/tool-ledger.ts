/** One side of a tool call as the wire names it. */
export type ToolCall = { readonly tool: string | null; readonly callId: string | null };

type Side = 'begun' | 'ended';
type Entry<T> = { readonly call: ToolCall; readonly item: T };

/**
 * Pairs the beginnings of tool calls with their ends, at constant cost each: by call id where both sides have one, else by
 * tool name, in any order and interleaved. A side without a name fits any call.
 */
export class ToolLedger<T> {
  readonly #open: { readonly [S in Side]: Pool<T> } = { begun: new Pool(), ended: new Pool() };
  readonly #failed = new Pool<T>();
  #pairs = 0;

  /** A tool_executing. */
  begin(call: ToolCall, item: T): void {
    if (this.#open.ended.take(call) === null) this.#open.begun.put({ call, item });
    else this.#pairs += 1;
  }

  /** A tool_completed. One that follows the failure of the same call reports the same end. */
  end(call: ToolCall, item: T): void {
    if (this.#open.begun.take(call) !== null) this.#pairs += 1;
    else if (this.#failed.take(call) === null) this.#open.ended.put({ call, item });
  }

  /** A tool that says that it failed: this ends its call; a failure of nothing begun changes nothing. */
  fail(call: ToolCall): void {
    const begun = this.#open.begun.take(call);
    if (begun === null) return;
    this.#failed.put(begun);
    this.#pairs += 1;
  }

  /** Calls that began and have not ended. */
  get unended(): readonly T[] {
    return this.#open.begun.items;
  }

  /** Ends that no beginning belongs to. */
  get unbegun(): readonly T[] {
    return this.#open.ended.items;
  }

  /** Whether every side that came has its other side; true of none at all. */
  get balanced(): boolean {
    return this.#open.begun.size === 0 && this.#open.ended.size === 0;
  }

  /** How many calls are whole. */
  get pairs(): number {
    return this.#pairs;
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
