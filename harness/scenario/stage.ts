import type { NonEmpty } from '../kernel/list.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';

/** What an act may do: the only door from a scenario to a target. */
export type Stage = {
  readonly rig: Rig;
  /** Climbs the ladder as this persona; `true` when every rung held. */
  readonly climb: (persona: string) => Promise<boolean>;
  /** Connects and waits for the welcome; a refused or silent connection comes back closed, `null` where there are no credentials. */
  readonly connect: (persona: string) => Promise<Session | null>;
  /** Connects several users at once; none where a promise is broken already, and none, noted as not asked, where the credentials do not give distinct users. */
  readonly connectApart: (personas: NonEmpty<string>) => Promise<readonly Session[]>;
};
