import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Credential, Wallet } from '../target/credentials.ts';
import type { Persona } from '../target/personas.ts';
import type { Answer, Facts, Rung, Trouble } from '../timeline/observation.ts';

/** What a rung or a probe found: everything of a `probed` observation but its name and its time. */
export type Footing = {
  readonly ok: boolean;
  readonly answer: Answer | null;
  readonly trouble: Trouble | null;
  readonly facts: Facts;
  readonly detail: string;
};

/** One climb: what the rungs share. Each rung leaves what the next ones need. */
export type Climber = {
  readonly rig: Rig;
  readonly wallet: Wallet;
  readonly persona: Persona;
  /** The name of the ladder's session in the timeline. */
  readonly name: string;
  credential: Credential | null;
  session: Session | null;
};

/** One rung: asks one thing of the target, and never throws for its sake. */
export type Step = {
  readonly rung: Rung;
  readonly take: (climber: Climber) => Promise<Footing>;
  /** It dials, and is dialled again as a socket is: trouble that may pass does not end the climb at once. */
  readonly redials?: true;
  /** Asked once, when the rung has broken for good. */
  readonly onBroken?: (climber: Climber, footing: Footing) => Promise<void>;
};

/** A footing that holds. */
export function holds(detail: string, facts: Facts = {}, answer: Answer | null = null): Footing {
  return { ok: true, answer, trouble: null, facts, detail };
}

/** A footing that broke underneath HTTP. */
export function breaks(trouble: Trouble, facts: Facts = {}): Footing {
  return { ok: false, answer: null, trouble, facts, detail: `${trouble.code}: ${trouble.message}` };
}
