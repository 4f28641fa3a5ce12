import type { Meaning } from '../protocol/profile.ts';
import { Latch } from './latch.ts';
import { PONG_MS } from './pong-wait.ts';
import type { Rig } from './rig.ts';
import { waitAtMost } from './wait-at-most.ts';

/** How long an answer in the protocol's own words may come behind the pong: that loop has more to do than the library's. */
const WORDS_MS = 1000;
/** What shows that somebody there has read a message of ours. */
const HEARD: ReadonlySet<Meaning['kind']> = new Set(['application-pong', 'ack', 'error']);
const NAMES = { ping: 'a ping', 'application-ping': "a ping in the protocol's own words" } as const;

type Asker = {
  readonly session: string;
  readonly ping: () => void;
  readonly send: (text: string) => void;
  /** The connection stands. */
  readonly stands: () => boolean;
  /** How many bytes have come on it so far, frames that do not end included. */
  readonly bytesRead: () => number;
};

/**
 * What silence means: a ping of the WebSocket protocol tells whether the process lives, one in the protocol's own words
 * whether anybody there still reads messages. Both are noted as probes; the whole takes 2 s at most.
 */
export class SignOfLife {
  #alive = new Latch();
  #heard = new Latch();

  /** A pong came. */
  ponged(): void {
    this.#alive.settle(true);
  }

  /** A message came. */
  heed({ kind }: Meaning): void {
    if (HEARD.has(kind)) this.#heard.settle(true);
  }

  /** The connection is gone. */
  ended(): void {
    this.#alive.settle(false);
    this.#heard.settle(false);
  }

  /** Sends both pings at once and waits for what answers them. What the end of the connection or of the run cuts short is not noted. */
  async ask(rig: Rig, asker: Asker): Promise<void> {
    const { profile, clock, signal } = rig;
    const startedMs = clock.nowMs();
    const before = asker.bytesRead();
    this.#alive = new Latch();
    this.#heard = new Latch();
    asker.ping();
    const words = profile.applicationPing?.(new Date(clock.wallMs()).toISOString()) ?? null;
    if (words !== null) asker.send(words);
    const noted = (probe: keyof typeof NAMES, answered: boolean): void => {
      if (asker.stands() && !signal.aborted)
        note(rig, asker.session, { probe, answered, startedMs, bytes: asker.bytesRead() - before });
    };
    await waitAtMost(rig, PONG_MS, this.#alive);
    noted('ping', this.#alive.value === true);
    if (words === null) return;
    if (this.#alive.value === true) await waitAtMost(rig, WORDS_MS, this.#heard);
    noted('application-ping', this.#heard.value === true);
  }
}

type Found = {
  readonly probe: keyof typeof NAMES;
  readonly answered: boolean;
  readonly startedMs: number;
  readonly bytes: number;
};

function note({ recorder, clock }: Rig, session: string, { probe, answered, startedMs, bytes }: Found): void {
  recorder.note(session, {
    kind: 'probed',
    rung: 'welcome',
    probe,
    ok: answered,
    tookMs: clock.nowMs() - startedMs,
    answer: null,
    trouble: null,
    facts: { answered, bytes },
    detail: `${NAMES[probe]} is ${answered ? '' : 'not '}answered`,
  });
}
