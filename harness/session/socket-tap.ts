import type { Socket } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import type { Seen } from '../timeline/observation.ts';

type How = Seen<'closed'>['how'];

/** What only the raw socket knows: when bytes arrived, and how the connection was taken away (`ws` tells neither). */
export class SocketTap {
  readonly #socket: Socket;
  #isCut = false;
  #arrivedAtMs: number;
  #end: { readonly how: How; readonly code: string | null; readonly atMs: number } | null = null;
  #closedAtMs: number | null = null;

  /** Attach before `ws` takes the socket over, so that the stamp precedes all parsing. */
  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#arrivedAtMs = clock.nowMs();
    socket.prependListener('data', () => {
      this.#arrivedAtMs = clock.nowMs();
    });
    socket.prependListener('end', () => {
      this.#end ??= { how: 'fin', code: null, atMs: clock.nowMs() };
    });
    socket.prependListener('error', (error: NodeJS.ErrnoException) => {
      const code = typeof error.code === 'string' ? error.code : null;
      this.#end ??= { how: code === 'ETIMEDOUT' ? 'timeout' : 'reset', code, atMs: clock.nowMs() };
    });
    socket.prependListener('close', () => {
      this.#closedAtMs = clock.nowMs();
    });
  }

  /** When the newest bytes arrived: the stamp of every frame that they complete. */
  get arrivedAtMs(): number {
    return this.#arrivedAtMs;
  }

  /** How many bytes have come so far. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** Ends our side of it without a close frame, as a lost client does; what the peer had written by then is still read. */
  cut(): void {
    this.#isCut = true;
    this.#socket.end();
  }

  /** How the connection ended underneath, and when; `local` where neither the peer nor the network ended it. */
  ending(nowMs: number): { readonly how: How; readonly code: string | null; readonly atMs: number } {
    const ours = { how: 'local', code: null, atMs: this.#closedAtMs ?? nowMs } as const;
    return this.#isCut ? ours : (this.#end ?? ours);
  }
}
