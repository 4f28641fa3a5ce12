import type WebSocket from 'ws';
import type { Meaning } from '../protocol/profile.ts';
import { meaningsOf } from '../timeline/meanings.ts';
import { OWN_CODES, type Role, type Seen } from '../timeline/observation.ts';
import type { Opening } from './attempt.ts';
import { bytesOf } from './bytes-of.ts';
import { Greeting } from './greeting.ts';
import { Latch } from './latch.ts';
import { PONG_MS } from './pong-wait.ts';
import { questionOf } from './question.ts';
import type { Rig } from './rig.ts';
import { SignOfLife } from './sign-of-life.ts';
import type { SocketTap } from './socket-tap.ts';
import { Turn } from './turn.ts';
import { waitAtMost } from './wait-at-most.ts';

/** The `socketCode` of a connection that our own library cut because too many pings waited for their pongs. */
const AUTO_PONG_LIMIT = 'AUTO_PONG_LIMIT';
/** How long a peer whose connection we cut may take to end its side. */
const LAST_WORDS_MS = 1000;
/** What the ping carries that we send before we close: its pong shows that nothing is on its way any more. */
const LAST_PING = 'last';

/** One persona's connection. It appends to the timeline and answers what the protocol wants answered; it never throws for the target's sake. */
export class Session {
  readonly name: string;
  readonly persona: string;
  readonly role: Role;
  readonly #rig: Rig;
  readonly #greeting: Greeting;
  readonly #closed = new Latch();
  #socket: WebSocket | null = null;
  #tap: SocketTap | null = null;
  #isSevered = false;
  #openedAtMs = 0;
  #open = false;
  #turn: Turn | null = null;
  #turns = 0;
  #pingsUnanswered = 0;
  readonly #life = new SignOfLife();
  #flushed = new Latch();
  #closing: Promise<void> | null = null;
  #ownCut: string | null = null;

  /** `resumes`: the turn of an earlier connection that this one goes on with as soon as it opens. */
  constructor(
    rig: Rig,
    of: { readonly session: string; readonly persona: string; readonly role: Role; readonly resumes?: Turn },
  ) {
    this.#rig = rig;
    this.name = of.session;
    this.persona = of.persona;
    this.role = of.role;
    this.#turn = of.resumes ?? null;
    this.#turns = of.resumes?.number ?? 0;
    this.#greeting = new Greeting(rig, of.session);
  }

  /** The connection stands: neither side has closed it, nobody has cut it. */
  get open(): boolean {
    return this.#open;
  }

  /** Takes the socket over in the moment it opens; every frame goes through here from then on. Called by `dial` alone. */
  takeOver({ socket, tap }: Opening): void {
    const { recorder, clock } = this.#rig;
    this.#socket = socket;
    this.#tap = tap;
    this.#openedAtMs = clock.nowMs();
    this.#open = true;
    socket.on('message', (data, isBinary) => {
      if (isBinary)
        recorder.note(this.name, { kind: 'received-binary', bytes: Buffer.byteLength(bytesOf(data)) }, tap.arrivedAtMs);
      else this.#receive(bytesOf(data).toString('utf8'), tap.arrivedAtMs);
    });
    socket.on('ping', () => {
      recorder.note(this.name, { kind: 'was-pinged' }, tap.arrivedAtMs);
      // `ws` answers before it tells, and takes the connection down itself where too many answers wait.
      if (this.#open && socket.readyState === socket.CLOSING) this.#ownCut = AUTO_PONG_LIMIT;
    });
    socket.on('pong', (data) => {
      if (data.toString() === LAST_PING) this.#flushed.settle(true);
      if (this.#pingsUnanswered === 0) return;
      this.#pingsUnanswered -= 1;
      recorder.note(this.name, { kind: 'ponged' }, tap.arrivedAtMs);
      this.#life.ponged();
      this.#turn?.ponged();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = typeof error.code === 'string' ? error.code : OWN_CODES.unknown;
      recorder.note(this.name, { kind: 'frame-broken', code, message: error.message }, tap.arrivedAtMs);
    });
    socket.on('close', (code, reason) => this.#ended(code, reason.toString('utf8'), tap));
    if (this.#turn === null) return;
    recorder.note(this.name, { kind: 'resumed', turn: this.#turn.id });
    this.ping();
    this.#turn.resume(() => this.signOfLife());
  }

  /**
   * Waits for a welcome in any form: `false` when none came within its max and grace, or the connection ended first.
   * A handshake is acknowledged whenever it comes; its confirmation is waited for briefly, at most so long, and never required.
   */
  async welcomed(confirmedWithinMs?: number): Promise<boolean> {
    if (this.#socket === null) return false;
    const { came, expired } = await this.#greeting.awaited(this.#openedAtMs, confirmedWithinMs);
    if (expired) await this.signOfLife();
    return came;
  }

  /** Pings once, asks right behind it, and gives back the turn that this question causes. `null`: the settings' prompt, else the profile's own. */
  ask(prompt: string | null, intendedAtMs: number = this.#rig.clock.nowMs()): Turn {
    this.#turn?.interrupt();
    this.#turns += 1;
    const { turn, frames } = questionOf(this.#rig, {
      session: this.name,
      number: this.#turns,
      prompt,
      threadId: this.#greeting.threadId,
    });
    this.#rig.recorder.note(this.name, { kind: 'asked', turn, intendedAtMs });
    const asked = new Turn(this.#rig, {
      id: turn,
      number: this.#turns,
      session: this.name,
      intendedAtMs,
      frames,
      signOfLife: () => this.signOfLife(),
    });
    this.#turn = asked;
    this.ping();
    for (const frame of frames) this.send(frame);
    if (this.#open) asked.begin(this.#pingsUnanswered > 0);
    else asked.disconnected();
    return asked;
  }

  /** Sends a ping of the WebSocket protocol, which any living endpoint answers by itself, with what it carried. */
  ping(payload = ''): void {
    const socket = this.#writable;
    if (socket === null) return;
    this.#rig.recorder.note(this.name, { kind: 'pinged' });
    this.#pingsUnanswered += 1;
    socket.ping(payload, undefined, () => undefined);
  }

  /** After silence: asks whether anybody still lives at the other end, in two ways, and notes what answered. */
  async signOfLife(): Promise<void> {
    await this.#life.ask(this.#rig, {
      session: this.name,
      ping: () => this.ping(),
      send: (text) => this.send(text),
      stands: () => this.#open,
      bytesRead: () => this.#tap?.bytesRead ?? 0,
    });
  }

  /** Sends a text frame as it is; nothing happens where the connection is gone. */
  send(text: string): void {
    const socket = this.#writable;
    if (socket === null) return;
    this.#rig.recorder.note(this.name, { kind: 'sent', text });
    socket.send(text, () => undefined);
  }

  /**
   * Loses the connection as a client without a network does: no close frame. What the target had written by then is still
   * read; a turn in progress waits to be resumed on a later connection.
   */
  async sever(): Promise<void> {
    if (!this.#open) return;
    this.#rig.recorder.note(this.name, { kind: 'faulted', fault: 'sever', towards: 'server' });
    this.#isSevered = true;
    this.#open = false;
    this.#tap?.cut();
    await waitAtMost(this.#rig, LAST_WORDS_MS, this.#flushed);
    this.#socket?.terminate();
    await this.#closed.settled;
  }

  /**
   * Closes cleanly, cut after a second of silence; resolves when the connection is gone. A turn in progress stays unjudged;
   * after one that came to its end, what the target had still written is read first.
   */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    const socket = this.#socket;
    if (this.#closed.value !== null) this.#turn?.interrupt();
    if (socket === null || this.#closed.value !== null) return;
    if (this.role === 'user' && this.#turn?.cameToItsEnd === true) await this.#flush();
    if (socket.readyState === socket.OPEN) {
      this.#turn?.interrupt();
      this.#rig.recorder.note(this.name, { kind: 'closing', code: 1000 });
      this.#open = false;
      socket.close(1000);
    }
    await this.#closed.settled;
  }

  /** One round trip: the pong comes behind everything that the target wrote before it read our ping. */
  async #flush(): Promise<void> {
    // Who has answered no ping in the whole turn will not answer this one.
    if (!this.#open || this.#pingsUnanswered > 0) return;
    this.ping(LAST_PING);
    await waitAtMost(this.#rig, PONG_MS, this.#flushed);
  }

  /** The socket while frames can still go out on it. */
  get #writable(): WebSocket | null {
    return this.#open && this.#socket?.readyState === this.#socket?.OPEN ? this.#socket : null;
  }

  #receive(text: string, atMs: number): void {
    const seen = this.#rig.recorder.note(this.name, { kind: 'received', text }, atMs);
    for (const meaning of meaningsOf(seen, this.#rig.profile)) this.#heed(meaning, seen);
  }

  #heed(meaning: Meaning, seen: Seen<'received'>): void {
    const { profile, clock } = this.#rig;
    const reply = profile.reply(meaning, new Date(clock.wallMs()).toISOString());
    if (reply !== null) this.send(reply);
    this.#greeting.heed(meaning);
    this.#life.heed(meaning);
    this.#turn?.see(meaning, seen);
  }

  #ended(code: number, reason: string, tap: SocketTap): void {
    const { recorder, clock } = this.#rig;
    const ending = tap.ending(clock.nowMs());
    const framed = code !== 1006;
    const sighting = {
      kind: 'closed',
      code,
      reason,
      how: framed ? 'frame' : ending.how,
      socketCode: ending.code ?? (ending.how === 'local' ? this.#ownCut : null),
    } as const;
    recorder.note(this.name, sighting, framed ? tap.arrivedAtMs : ending.atMs);
    this.#open = false;
    this.#greeting.ended();
    this.#life.ended();
    this.#flushed.settle(false);
    if (!this.#isSevered) this.#turn?.disconnected();
    this.#closed.settle(true);
  }
}
