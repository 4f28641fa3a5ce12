import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { answerOf, keptHeaders } from '../target/answer.ts';
import { OWN_CODES, type Seen } from '../timeline/observation.ts';
import { bodyHead } from './body-head.ts';
import { dialTroubleOf } from './dial-errors.ts';
import { awaitedIn, type DialMarks, marksAtStart, phaseReached } from './dial-marks.ts';
import { followRequest } from './follow-request.ts';
import { markedLookup } from './marked-lookup.ts';
import type { Rig } from './rig.ts';
import { SocketTap } from './socket-tap.ts';

type Place = 'seq' | 'atMs' | 'session' | 'attempt';
type Outcomes = Omit<Seen<'refused'>, Place> | Omit<Seen<'failed'>, Place>;

/** How one dial ended. `opened`: its socket has been handed over already. */
export type Outcome = { readonly kind: 'opened' } | Outcomes;

/** What goes over the wire to ask for an upgrade. */
export type Call = {
  readonly url: URL;
  readonly subprotocols: readonly string[];
  readonly headers: { readonly [name: string]: string };
  /** The tunnel through the egress proxy, if there is one. */
  readonly agent: Agent | null;
};

/** A socket that has just opened. */
export type Opening = {
  readonly socket: WebSocket;
  readonly tap: SocketTap;
  readonly subprotocol: string;
  readonly headers: { readonly [name: string]: string };
  readonly tookMs: number;
};

/** The largest frame that we read: 16 MiB, what the known servers send at most. */
const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;
/** Pings that wait for our answer at most; `ws` cuts the connection at the next. A stopped process comes back to a burst of them. */
const MAX_PENDING_PONGS = 100_000;
/** How long a peer has to finish the closing handshake before we cut the connection. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * Asks once for an upgrade and never throws. `onOpen` is called while the 101 is being handled, so that listeners attached
 * in it miss no frame, not even one in the same packet. The deadline is ours (connect max and grace), drips included.
 */
export async function attempt(rig: Rig, call: Call, onOpen: (opening: Opening) => void): Promise<Outcome> {
  return await new Attempt(rig, call, onOpen).outcome;
}

class Attempt {
  readonly outcome: Promise<Outcome>;
  readonly #rig: Rig;
  readonly #call: Call;
  readonly #onOpen: (opening: Opening) => void;
  readonly #startedMs: number;
  readonly #marks: DialMarks;
  readonly #onAbort = (): void => this.#expire('the time of the whole run was up');
  #resolve: ((outcome: Outcome) => void) | null = null;
  #cancelDeadline: () => void = () => undefined;
  #socket: WebSocket | null = null;
  #answered = false;

  constructor(rig: Rig, call: Call, onOpen: (opening: Opening) => void) {
    this.#rig = rig;
    this.#call = call;
    this.#onOpen = onOpen;
    this.#startedMs = rig.clock.nowMs();
    this.#marks = marksAtStart(call.url, call.agent !== null);
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const limitMs = rig.settings.budgets.connect.maxMs + rig.settings.graceMs;
    this.#cancelDeadline = rig.clock.after(limitMs, () => this.#expire(`${limitMs} ms passed`));
    rig.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (rig.signal.aborted) this.#onAbort();
    else this.#knock();
  }

  #knock(): void {
    const { url, subprotocols, headers, agent } = this.#call;
    const options = {
      headers: { ...headers },
      perMessageDeflate: false,
      followRedirects: false,
      skipUTF8Validation: false,
      maxPayload: MAX_PAYLOAD_BYTES,
      maxPendingAutoPongs: MAX_PENDING_PONGS,
      closeTimeout: CLOSE_TIMEOUT_MS,
      lookup: markedLookup(this.#rig.lookup, this.#marks),
      finishRequest: (request: ClientRequest) => this.#follow(request),
      ...(agent === null ? {} : { agent }),
    };
    try {
      this.#socket = new WebSocket(url, [...subprotocols], options);
    } catch (error) {
      const { code, message } = dialTroubleOf(error, this.#marks);
      this.#finish({ kind: 'failed', phase: 'configuration', code, message, tookMs: this.#tookMs() });
      return;
    }
    this.#listen(this.#socket);
  }

  #listen(socket: WebSocket): void {
    socket.on('error', (error) => this.#fail(error));
    socket.once('upgrade', (response: IncomingMessage) => {
      const tap = new SocketTap(response.socket, this.#rig.clock);
      socket.once('open', () => this.#opened(socket, tap, keptHeaders(response.headers)));
    });
    socket.once('unexpected-response', (_request: ClientRequest, response: IncomingMessage) => {
      void this.#refused(response);
    });
  }

  #follow(request: ClientRequest): void {
    followRequest(request, this.#marks, (status) => {
      const message = `the proxy answered CONNECT with ${status}`;
      this.#finish({ kind: 'failed', phase: 'proxy', code: OWN_CODES.proxyRefused, message, tookMs: this.#tookMs() });
    });
  }

  #opened(socket: WebSocket, tap: SocketTap, headers: Opening['headers']): void {
    this.#onOpen({ socket, tap, headers, subprotocol: socket.protocol, tookMs: this.#tookMs() });
    this.#finish({ kind: 'opened' });
  }

  async #refused(response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    const tookMs = this.#tookMs();
    if (status === 101) {
      this.#fail(new Error('Invalid Upgrade header: 101 without Connection: Upgrade'));
      return;
    }
    // A complete head is the answer, however its body ends: a server that closes with unread data resets the connection.
    this.#answered = true;
    this.#cancelDeadline();
    const body = await bodyHead(response, this.#rig.clock, this.#rig.signal);
    this.#finish({ kind: 'refused', answer: answerOf(status, response.headers, body), tookMs });
  }

  #fail(error: unknown): void {
    if (this.#answered) return;
    this.#finish({ kind: 'failed', ...dialTroubleOf(error, this.#marks), tookMs: this.#tookMs() });
  }

  #expire(why: string): void {
    if (this.#answered) return;
    const phase = phaseReached(this.#marks);
    const message = `${why} while waiting for ${awaitedIn(phase)}`;
    this.#finish({ kind: 'failed', phase, code: OWN_CODES.deadline, message, tookMs: this.#tookMs() });
  }

  /** The first outcome counts; what our own cutting provokes afterwards does not. */
  #finish(outcome: Outcome): void {
    const resolve = this.#resolve;
    if (resolve === null) return;
    this.#resolve = null;
    this.#cancelDeadline();
    this.#rig.signal.removeEventListener('abort', this.#onAbort);
    if (outcome.kind !== 'opened') this.#socket?.terminate();
    resolve(outcome);
  }

  #tookMs(): number {
    return this.#rig.clock.nowMs() - this.#startedMs;
  }
}
