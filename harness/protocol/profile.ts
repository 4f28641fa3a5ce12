import type { NonEmpty } from '../kernel/list.ts';
import type { AgentEvent, EventType, Stamp } from './event.ts';

/** What one message on the wire means. A frame may hold several (batches, arrays). */
export type Meaning =
  | { readonly kind: 'event'; readonly event: AgentEvent }
  /** The server says that the connection is established: the user may ask now. */
  | {
      readonly kind: 'welcome';
      readonly connectionId: string | null;
      readonly userId: string | null;
      readonly stamp: Stamp | null;
    }
  /** The server offers its ids and wants them acknowledged. */
  | { readonly kind: 'handshake'; readonly threadId: string | null; readonly runId: string | null }
  | { readonly kind: 'handshake-complete' }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'application-ping' }
  | { readonly kind: 'application-pong' }
  /** The server has read a message of ours; no proof that it acts on it. */
  | { readonly kind: 'ack'; readonly receivedType: string | null }
  /** An explicit error message; `topic` is what its code or words are about; `platform`: of what carries the connection. */
  | {
      readonly kind: 'error';
      readonly code: string | null;
      readonly message: string;
      readonly topic: 'auth' | 'not-ready' | 'connection' | 'platform' | 'run';
      /** Its code or type says so, not its words alone. */
      readonly coded: boolean;
    }
  /** An agent of the run says that it failed, other than by an agent_completed; `agent` and `runId`: which, where it says so. */
  | {
      readonly kind: 'run-failed';
      readonly type: string;
      readonly agent: string | null;
      readonly runId: string | null;
      readonly message: string;
    }
  /** A tool says that it failed; it ends the call without a tool_completed. */
  | { readonly kind: 'tool-failed'; readonly tool: string | null; readonly callId: string | null }
  /** A fallback answers in the agent's place. */
  | { readonly kind: 'fallback'; readonly type: string; readonly message: string }
  /** The server says that it goes away. */
  | { readonly kind: 'shutdown'; readonly message: string }
  /** Anything else, known or not: kept for diagnosis, ignored by order. */
  | { readonly kind: 'note'; readonly type: string }
  /** Not a message of this protocol at all. `reason` never quotes the text. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export type Direction = 'from-target' | 'to-target';

/** What a question needs to become a request on the wire. */
export type Question = {
  readonly prompt: string;
  readonly runId: string;
  readonly threadId: string;
  readonly requestType: string | null;
  /** Wall clock, ISO 8601. */
  readonly atIso: string;
  /** The id that one message of ours carries, unique in a run. */
  readonly messageId: string;
};

/** How a token travels in the handshake. `query` is appended to the URL. */
export type Carriage = {
  readonly headers: { readonly [name: string]: string };
  readonly subprotocols: readonly string[];
  readonly query: { readonly [name: string]: string };
};

export type TokenCarrier = 'header' | 'subprotocol' | 'both' | 'query';

/** Fields of an event's body that a rule asks for. `names`: any one of them satisfies. */
export type FieldDemand = { readonly event: EventType; readonly meaning: string; readonly names: NonEmpty<string> };

/** What came of asking the agent over HTTP, in words; `absent`: the target offers no such way. */
export type HttpReply = { readonly answered: boolean; readonly absent: boolean; readonly detail: string };

/** The way to the agent that needs no socket: one POST of JSON with the token in `Authorization`. */
export type AgentOverHttp = {
  /** Relative to the HTTP base URL. */
  readonly path: string;
  readonly body: (prompt: string) => string;
  /** Whether the answer shows that the agent worked. Never throws; the words never quote the answer's text. */
  readonly read: (status: number, text: string) => HttpReply;
};

/** What a client that comes back knows of what it has missed; `null` where it knows nothing. */
export type Missed = {
  readonly threadId: string | null;
  /** The id of the last event that arrived. */
  readonly lastMessageId: string | null;
  /** Wall clock, ISO 8601. */
  readonly atIso: string;
};

/**
 * All that the harness must know of one protocol. Pure: text in, meaning out; a second protocol is a second folder with
 * one value of this type and a line in `protocols.ts`.
 */
export type Profile = {
  readonly name: string;
  /** The path of its socket, for `--url` without one and for the bogus-path probe. */
  readonly socketPath: string;
  /** Where its HTTP side tells how it is; paths relative to the HTTP and auth base URLs. */
  readonly health: {
    readonly backend: string;
    readonly auth: string;
    readonly socket: string;
    readonly config: string;
  };
  readonly carriage: (token: string, carrier: TokenCarrier) => Carriage;
  /** Never throws; a frame that cannot be read is one `unreadable`. */
  readonly decode: (text: string, direction: Direction) => NonEmpty<Meaning>;
  /** What must be answered to a message for the conversation to go on, if anything. */
  readonly reply: (meaning: Meaning, atIso: string) => string | null;
  readonly request: (question: Question) => NonEmpty<string>;
  /** A ping in the protocol's own words, if it has one. */
  readonly applicationPing: ((atIso: string) => string) | null;
  /** What a client that comes back sends for what it has missed; `null`: nothing is kept for a user without a connection. */
  readonly recovery: ((missed: Missed) => string) | null;
  /** How the agent is asked without a socket, if it can be. */
  readonly agentOverHttp: AgentOverHttp | null;
  readonly fields: readonly FieldDemand[];
  /** Which documented prompt obliges the agent to use a tool. */
  readonly defaultPrompt: string;
  readonly defaultRequestType: string | null;
  /** Whether its events carry stamps of the target's own clock. */
  readonly stamps: boolean;
};
