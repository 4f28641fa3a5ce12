import type { AgentEvent, EventType } from '../protocol/event.ts';
import type { Meaning } from '../protocol/profile.ts';
import type { Leg } from '../timeline/header.ts';
import type { Seen } from '../timeline/observation.ts';
import { idsIn } from '../timeline/request-ids.ts';
import { QUIET_MS, TurnProgress } from '../timeline/turn-progress.ts';
import { Deadline } from './deadline.ts';
import { Latch } from './latch.ts';
import { PONG_MS } from './pong-wait.ts';
import type { Rig } from './rig.ts';

type Because = Seen<'settled'>['because'];

type TurnPlan = {
  readonly id: string;
  /** Which question of its user's connections it is, from 1. */
  readonly number: number;
  readonly session: string;
  readonly intendedAtMs: number;
  /** The frames that ask it: their ids are its own. */
  readonly frames: readonly string[];
  /** Asks whether anybody still lives at the other end; resolves when that is known, or no longer worth waiting for. */
  readonly signOfLife: () => Promise<unknown>;
};

/** One question and its answer while it happens. Each arrival is looked at once; every wait ends with the socket, the budgets or the run. */
export class Turn {
  readonly id: string;
  readonly number: number;
  readonly #session: string;
  readonly #rig: Rig;
  readonly #intendedAtMs: number;
  #signOfLife: () => Promise<unknown>;
  #isResumed = false;
  readonly #ids: Set<string>;
  readonly #progress: TurnProgress;
  readonly #over = new Latch();
  readonly #arrivals = new Map<EventType, Latch>();
  readonly #next: Deadline;
  readonly #total: Deadline;
  readonly #onAbort = (): void => this.interrupt();
  #waitingFor: Leg | 'quiet' | 'pong' | 'sign-of-life' = 'first-event';
  #lastMs = 0;
  #last: AgentEvent | null = null;
  #longestWaitMs = 0;
  #pongOwed = false;

  constructor(rig: Rig, of: TurnPlan) {
    this.id = of.id;
    this.number = of.number;
    this.#session = of.session;
    this.#rig = rig;
    this.#intendedAtMs = of.intendedAtMs;
    this.#signOfLife = of.signOfLife;
    this.#ids = new Set(of.frames.flatMap((frame) => [...idsIn(frame)]));
    this.#progress = new TurnProgress(rig.tools);
    this.#next = new Deadline(rig.clock, () => this.#due());
    this.#total = new Deadline(rig.clock, () => this.#overdue());
  }

  /** `true` when the answer came to its end; `false` when we gave up, the connection ended, or the run was interrupted. */
  ended(): Promise<boolean> {
    return this.#over.settled;
  }

  /** The answer has come to its end, as far as we waited for it. */
  get cameToItsEnd(): boolean {
    return this.#over.value === true;
  }

  /** The answer has come to its end, or nobody waits for it any longer. */
  get isOver(): boolean {
    return this.#over.value !== null;
  }

  /** The newest event that came in this turn. */
  get last(): AgentEvent | null {
    return this.#last;
  }

  /** How long this turn has waited at most so far, in milliseconds: for its first event, or between two. */
  get longestWaitMs(): number {
    return this.#longestWaitMs;
  }

  /** `true` as soon as an event of this type has come in this turn; `false` when the turn is over without it. */
  until(type: EventType): Promise<boolean> {
    return this.#arrival(type).settled;
  }

  /** Ends every wait and leaves the turn unsettled: its silence proves nothing. */
  interrupt(): void {
    this.#finish(false);
  }

  /** Starts the waiting; the request is on its way. Called by the session alone, like all that follow. */
  begin(pongOwed: boolean): void {
    const { signal } = this.#rig;
    this.#pongOwed = pongOwed;
    this.#lastMs = this.#intendedAtMs;
    this.#next.set(this.#intendedAtMs + this.#limitMs('first-event'));
    this.#total.set(this.#intendedAtMs + this.#limitMs('total'));
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.interrupt();
  }

  /** Goes on over another connection of the same user; a ping is on its way there. */
  resume(signOfLife: () => Promise<unknown>): void {
    this.#signOfLife = signOfLife;
    this.#isResumed = true;
    this.#pongOwed = true;
  }

  /** Takes one meaning of one frame that arrived during this turn. */
  see(meaning: Meaning, at: Seen<'received'>): void {
    if (this.#over.value !== null || this.#waitingFor === 'sign-of-life') return;
    if (meaning.kind === 'event' && !this.#owns(meaning.event)) return;
    this.#progress.see(meaning);
    if (meaning.kind !== 'event') return;
    this.#arrival(meaning.event.type).settle(true);
    this.#last = meaning.event;
    this.#longestWaitMs = Math.max(this.#longestWaitMs, at.atMs - this.#lastMs);
    this.#lastMs = at.atMs;
    this.#proceed();
  }

  /** A ping of ours has been answered. */
  ponged(): void {
    this.#pongOwed = false;
    if (this.#waitingFor === 'pong') this.#settle('complete');
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#settle('closed');
  }

  /** What was stored while the user was away belongs to an earlier run, unless an id ties it to this one, or this one went on meanwhile. */
  #owns({ recovered, runId }: AgentEvent): boolean {
    if (recovered && !this.#isResumed) return runId !== null && this.#ids.has(runId);
    if (runId !== null) this.#ids.add(runId);
    return true;
  }

  #proceed(): void {
    const state = this.#progress.state();
    switch (state) {
      case 'waiting':
        this.#await('gap', this.#lastMs + this.#limitMs('gap'));
        break;
      case 'quiet-needed':
        this.#await('quiet', this.#lastMs + QUIET_MS);
        break;
      case 'complete':
        if (this.#pongOwed) this.#await('pong', this.#intendedAtMs + PONG_MS);
        else this.#settle('complete');
        break;
      default:
        state satisfies never;
    }
  }

  #await(what: Leg | 'quiet' | 'pong', dueMs: number): void {
    this.#waitingFor = what;
    this.#next.set(dueMs);
  }

  #due(): void {
    if (this.#waitingFor === 'quiet') this.#settle('quiet');
    else if (this.#waitingFor === 'pong') this.#settle('complete');
    else if (this.#waitingFor !== 'sign-of-life') this.#giveUp(this.#waitingFor);
  }

  #overdue(): void {
    if (this.#waitingFor === 'pong') this.#settle('complete');
    else if (this.#waitingFor === 'quiet') this.#settle('quiet');
    else if (this.#waitingFor !== 'sign-of-life') this.#giveUp('total');
  }

  /** Silence is only half a finding: a ping tells whether anybody still lives at the other end. */
  #giveUp(waitingFor: Leg): void {
    const sinceMs = waitingFor === 'gap' ? this.#lastMs : this.#intendedAtMs;
    const afterMs = this.#rig.clock.nowMs() - sinceMs;
    this.#rig.recorder.note(this.#session, { kind: 'gave-up', waitingFor, afterMs });
    this.#waitingFor = 'sign-of-life';
    this.#next.lift();
    void this.#signOfLife().then(() => this.#settle('gave-up'));
  }

  #settle(because: Because): void {
    if (this.#over.value !== null) return;
    this.#rig.recorder.note(this.#session, { kind: 'settled', turn: this.id, because });
    this.#finish(because === 'complete' || because === 'quiet');
  }

  #finish(ended: boolean): void {
    this.#next.lift();
    this.#total.lift();
    this.#rig.signal.removeEventListener('abort', this.#onAbort);
    this.#over.settle(ended);
    for (const arrival of this.#arrivals.values()) arrival.settle(false);
  }

  #arrival(type: EventType): Latch {
    const known = this.#arrivals.get(type);
    if (known !== undefined) return known;
    const fresh = new Latch();
    if (this.#over.value !== null) fresh.settle(false);
    this.#arrivals.set(type, fresh);
    return fresh;
  }

  #limitMs(leg: Leg): number {
    return this.#rig.settings.budgets[leg].maxMs + this.#rig.settings.graceMs;
  }
}
