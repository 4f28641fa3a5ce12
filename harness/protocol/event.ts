/** The five events that must reach the user's socket, in the order of their first occurrence. */
export const EVENT_TYPES = [
  'agent_started',
  'agent_thinking',
  'tool_executing',
  'tool_completed',
  'agent_completed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export type JsonObject = { readonly [key: string]: unknown };

/** The target's own stamp on a message: milliseconds since the epoch, and how fine its clock prints. */
export type Stamp = { readonly atMs: number; readonly resolutionMs: number };

/** One of the five events, whatever wire shape it came in. Ids are `null` where the wire has none. */
export type AgentEvent = {
  readonly type: EventType;
  readonly agent: string | null;
  readonly tool: string | null;
  /** The id of one tool call, where the wire has one. */
  readonly callId: string | null;
  readonly runId: string | null;
  readonly threadId: string | null;
  readonly requestId: string | null;
  readonly userId: string | null;
  readonly eventId: string | null;
  /** Whether the server made it, or we derived it from a frame of our own (then no budget applies to it). */
  readonly origin: 'server' | 'client-derived';
  /** It says of itself that it is a retry of an earlier send. */
  readonly retried: boolean;
  /** It says of itself that it was stored while the user had no connection, and is delivered late. */
  readonly recovered: boolean;
  /** For agent_completed and tool_completed: what it says of its own success; `null` where it says nothing. */
  readonly succeeded: boolean | null;
  /** For agent_completed: the literal status word, for messages. */
  readonly status: string | null;
  readonly stamp: Stamp | null;
  /** The merged fields (wrapper < data < payload) without ids and type: what payload rules look at and duplicates are compared by. */
  readonly body: JsonObject;
};

/** The fields of a body that tell of one delivery of an event, not of the event: its stamp, and how often it was tried. */
export const DELIVERY_FIELDS: ReadonlySet<string> = new Set([
  'timestamp',
  'retry_info',
  'attempt',
  'recovered',
  'original_failure',
]);
