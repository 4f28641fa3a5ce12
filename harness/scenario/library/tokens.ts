import { endedOverItsQuestion } from '../../judge/ended-over-its-question.ts';
import { welcomed } from '../../judge/rules/admission.ts';
import { REFUSALS } from '../../judge/rules/refusals.ts';
import { STAYS_MS, WATCH_MS } from '../../judge/token-fate.ts';
import { heldOffMs } from '../../probe/held-off.ts';
import { tryToken, type Watch } from '../../probe/try-token.ts';
import { Latch } from '../../session/latch.ts';
import type { Session } from '../../session/session.ts';
import { staysOpen } from '../../session/stays-open.ts';
import { waitAtMost } from '../../session/wait-at-most.ts';
import { type NegativeToken, negativeTokens } from '../../target/negative-tokens.ts';
import { isTokenSession, NOT_ASKED, tokenSession } from '../../timeline/token-kinds.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const WHO = 'alice';
/** A known target opens its breaker after five refusals in a row: so many come between two good connections, at most. */
const IN_A_ROW = 3;
/** A target that leaves so many tokens without any answer will do so with the others. */
const SILENCES = 3;

type Asked = Extract<NegativeToken, { asked: true }>;

/** The ladder, then every token that must be refused, each once, with good connections before, between and after them. */
export const tokens: Scenario = {
  name: 'tokens',
  sentence: 'a good token is let in, and every token that must be refused is refused for its own sake',
  tools: 'optional',
  rules: [welcomed, ...REFUSALS],
  intrusive: true,
  async act(stage) {
    const { rig, climb, credential } = stage;
    if (!(await climb(WHO))) return;
    const good = await credential(WHO);
    const key = rig.settings.heldKey ?? null;
    const all = await negativeTokens({ good, key, wallMs: rig.clock.wallMs() });
    const asked = all.filter((token) => token.asked);
    for (const token of asked) if (token.credential !== null) rig.recorder.hide(token.credential.token);
    declare(stage, all);
    await new Series(stage).try(asked);
  },
};

/** Says what is left out and why, before anything is tried. */
function declare({ rig }: Stage, all: readonly NegativeToken[]): void {
  const left = all.filter((token) => !token.asked);
  for (const { kind, reason } of left) {
    const kinds = left.filter((other) => other.reason === reason).map((other) => other.kind);
    rig.recorder.note(tokenSession(kind), { kind: 'joined', persona: WHO, role: 'probe' });
    rig.recorder.note(tokenSession(kind), { kind: 'noted', topic: NOT_ASKED, text: `${kinds.join(', ')}: ${reason}` });
  }
}

/** One pass over the tokens: nothing that was refused is dialled again, but where the target only asked us to wait. */
class Series {
  readonly #stage: Stage;
  #hasWaited = false;
  #silences = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async try(asked: readonly Asked[]): Promise<void> {
    for (let from = 0; from < asked.length; from += IN_A_ROW) {
      const good = await this.#good();
      if (good === null) return;
      if (from === 0) await staysOpen(this.#stage.rig, good, STAYS_MS);
      await good.close();
      await this.#group(asked.slice(from, from + IN_A_ROW));
      if (this.#isOver) break;
    }
    const last = await this.#good();
    if (last === null) return;
    await staysOpen(this.#stage.rig, last, this.#hasLate ? WATCH_MS : STAYS_MS);
    await last.close();
  }

  /** A token was let in and thrown out: the good one has to stand for longer than that. */
  get #hasLate(): boolean {
    const seen = this.#stage.rig.recorder.observations.filter(({ session }) => isTokenSession(session));
    return seen.some(
      ({ kind, session, atMs }) =>
        kind === 'closed' &&
        !seen.some((other) => other.kind === 'closing' && other.session === session) &&
        seen.some((other) => other.kind === 'opened' && other.session === session && atMs - other.atMs >= STAYS_MS / 2),
    );
  }

  get #isOver(): boolean {
    return this.#stage.rig.signal.aborted || this.#silences >= SILENCES;
  }

  /** One after the other; those that are welcomed are watched at the same time, never more than a known target allows one user. */
  async #group(tokens: readonly Asked[]): Promise<void> {
    const watches: Watch[] = [];
    for (const token of tokens) if (!this.#isOver) watches.push(await this.#one(token));
    await Promise.all(watches.map(({ over }) => over));
  }

  async #one({ kind, credential }: Asked): Promise<Watch> {
    const { rig } = this.#stage;
    const knock = (asks: boolean) => tryToken(rig, { kind, persona: WHO, credential, asks, staysMs: WATCH_MS });
    // What its question broke knocks once more and asks nothing: whoever stands then was let in.
    const again = async (): Promise<void> => {
      if (!rig.signal.aborted && endedOverItsQuestion(this.#stage.seen(), kind)) await (await knock(false)).over;
    };
    const first = await knock(true);
    const { over } = (await this.#waited(tokenSession(kind))) ? await knock(true) : first;
    const last = rig.recorder.observations.findLast(({ session }) => session === tokenSession(kind));
    const isSilent = rig.recorder.observations.some(
      (seen) => seen.kind === 'gave-up' && seen.session === tokenSession(kind),
    );
    this.#silences = isSilent || last?.kind === 'failed' ? this.#silences + 1 : 0;
    return { over: over.then(again) };
  }

  /** A good connection, welcomed; `null` where there is none, which the rules will say. */
  async #good(): Promise<Session | null> {
    const first = await this.#stage.connect(WHO);
    if (first?.open) return first;
    const second = (await this.#waited(WHO)) ? await this.#stage.connect(WHO) : null;
    return second?.open ? second : null;
  }

  /** Waits once in a run where the target asks for it. */
  async #waited(session: string): Promise<boolean> {
    const { rig } = this.#stage;
    const waitMs = heldOffMs(rig.recorder.observations, session);
    if (waitMs === null || this.#hasWaited || rig.signal.aborted) return false;
    this.#hasWaited = true;
    const text = `the target asks to be left alone: waited ${Math.round(waitMs / 1000)} s, once`;
    rig.recorder.note('harness', { kind: 'noted', topic: 'tokens', text });
    await waitAtMost(rig, waitMs, new Latch());
    return !rig.signal.aborted;
  }
}
