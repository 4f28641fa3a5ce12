import type { NonEmpty } from '../kernel/list.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Run } from '../timeline/run.ts';

/** What an act may do: the only door from a scenario to a target. */
export type Stage = {
  readonly rig: Rig;
  /** Climbs the ladder as this persona; `true` when every rung held. */
  readonly climb: (persona: string) => Promise<boolean>;
  /** Connects and waits for the welcome; a refused or silent connection comes back closed, `null` where there are no credentials. */
  readonly connect: (persona: string) => Promise<Session | null>;
  /** Connects several users at once; none, and noted as not asked, where the credentials do not give distinct users. */
  readonly connectApart: (personas: NonEmpty<string>) => Promise<readonly Session[]>;
  /** Whether something so far breaks a promise, so that a next stage has nothing to add. */
  readonly broken: () => boolean;
  /** What has been seen so far. */
  readonly run: () => Run;
};
