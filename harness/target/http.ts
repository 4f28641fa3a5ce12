import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { Client, Dispatcher } from 'undici';
import type { Clock } from '../kernel/clock.ts';
import { type Answer, OWN_CODES, type Phase, type Trouble } from '../timeline/observation.ts';
import { answerOf, BODY_READ_CHARS } from './answer.ts';
import { reach } from './reach.ts';
import { isTlsCode } from './tls-code.ts';
import { shown, troubleOf } from './trouble.ts';
import { userAgent } from './version.ts';

/** One HTTP question. `deadlineMs` bounds all of it, body included; `phase` names what it is for once the host is reached. */
export type Question = {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'OPTIONS';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | null;
  readonly deadlineMs: number;
  readonly proxy: URL | null;
  readonly signal?: AbortSignal | undefined;
  readonly clock: Clock;
  readonly phase: Phase;
};

/** What came of it. Both `answer` and `trouble` where the answer broke off in its body; `text` is the body, at most 1 MiB. */
export type Exchange = {
  readonly answer: Answer | null;
  readonly text: string | null;
  readonly trouble: Trouble | null;
  readonly tookMs: number;
};

/** A token may come with a long profile of its user. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const require = createRequire(import.meta.url);

/** The two parts of undici that one request takes; its index also loads fetch, caches and mocks: half of this command's start-up. */
type Undici = { readonly Client: typeof Client; readonly request: Dispatcher['request'] };

function undici(): Undici {
  return {
    Client: require('undici/lib/dispatcher/client.js'),
    request: require('undici/lib/api/api-request.js'),
  };
}

/** Asks once, on a connection of its own, follows no redirect, and never throws: whatever happens is in the `Exchange`. */
export async function exchange(question: Question): Promise<Exchange> {
  return await new Conversation(question, undici()).held();
}

class Conversation {
  readonly #question: Question;
  readonly #undici: Undici;
  readonly #abort = new AbortController();
  #phase: Phase;
  #socket: Socket | null = null;
  #lost: Error | null = null;
  #answer: Answer | null = null;
  readonly #pieces: string[] = [];

  constructor(question: Question, undici: Undici) {
    this.#question = question;
    this.#undici = undici;
    this.#phase = question.phase;
  }

  async held(): Promise<Exchange> {
    const { clock, deadlineMs, signal } = this.#question;
    const startedAtMs = clock.nowMs();
    const trouble = await new Promise<Trouble | null>((resolve) => {
      const cancel = clock.after(deadlineMs, () => resolve(this.#unanswered()));
      const interrupt = (): void => resolve(this.#interrupted());
      signal?.addEventListener('abort', interrupt, { once: true });
      if (signal?.aborted === true) interrupt();
      else
        this.#ask()
          .then(
            () => resolve(null),
            (error: unknown) => resolve(this.#troubled(error)),
          )
          .finally(() => {
            cancel();
            signal?.removeEventListener('abort', interrupt);
          });
      if (signal?.aborted === true) cancel();
    });
    this.#abort.abort();
    this.#socket?.destroy();
    const tookMs = clock.nowMs() - startedAtMs;
    return { answer: this.#answer, text: this.#answer === null ? null : this.#pieces.join(''), trouble, tookMs };
  }

  #unanswered(): Trouble {
    const { method, url, deadlineMs } = this.#question;
    const what = this.#answer === null ? 'no answer' : 'no complete body';
    return {
      phase: this.#phase,
      code: OWN_CODES.deadline,
      message: `${what} to ${method} ${shown(url.href)} within ${deadlineMs} ms`,
    };
  }

  #interrupted(): Trouble {
    const { method, url, signal } = this.#question;
    const wait = `the wait for an answer to ${method} ${shown(url.href)}`;
    const message =
      signal?.reason === 'timeout' ? `${wait} was cut when the time of the command was up` : 'interrupted';
    return { phase: this.#phase, code: 'ABORT_ERR', message };
  }

  /**
   * What the socket said first: the client reports what it made of it, or that there is no second one. A server may end TLS
   * after it seemed agreed (1.3 looks at a client's certificate last), so the code tells the phase.
   */
  #troubled(error: unknown): Trouble {
    const trouble = troubleOf(this.#lost ?? error, this.#phase);
    return isTlsCode(trouble.code) ? { ...trouble, phase: 'tls' } : trouble;
  }

  async #ask(): Promise<void> {
    const { url, method, headers, body, proxy, phase } = this.#question;
    const signal = this.#abort.signal;
    const onPhase = (reached: Phase): void => {
      this.#phase = reached;
    };
    let ready: Socket | null = await reach({ url, proxy, signal, onPhase });
    this.#socket = ready;
    ready.once('error', (error) => {
      this.#lost = error;
    });
    this.#phase = phase;
    const { Client, request } = this.#undici;
    const client = new Client(url.origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        const socket = ready;
        ready = null;
        // Never in the same breath: the client is still deciding what to do next when it asks for its socket.
        queueMicrotask(() => {
          if (socket === null) callback(Object.assign(new Error('other side closed'), { code: 'ECONNRESET' }), null);
          else callback(null, socket);
        });
      },
    });
    try {
      const response = await request.call(client, {
        path: `${url.pathname}${url.search}`,
        method,
        headers: { 'user-agent': userAgent(), ...headers },
        body: body ?? null,
        signal,
        reset: true,
      });
      let head = '';
      const read = (piece: string): void => {
        this.#pieces.push(piece);
        if (this.#answer !== null && head.length >= BODY_READ_CHARS) return;
        head += piece.slice(0, BODY_READ_CHARS);
        this.#answer = answerOf(response.statusCode, response.headers, head);
      };
      read('');
      await bounded(response.body, read);
    } finally {
      client.destroy().catch(() => undefined);
    }
  }
}

async function bounded(body: AsyncIterable<Uint8Array>, read: (piece: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of body) {
    const piece = chunk.subarray(0, BODY_LIMIT_BYTES - bytes);
    bytes += piece.length;
    read(decoder.decode(piece, { stream: true }));
    if (bytes >= BODY_LIMIT_BYTES) return;
  }
}
