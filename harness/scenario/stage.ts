import type { NonEmpty } from '../kernel/list.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Turn } from '../session/turn.ts';
import type { Credential } from '../target/credentials.ts';
import type { Run } from '../timeline/run.ts';

/** Where one connection of an act departs from the ordinary. */
export type ConnectPlan = {
  /** The session's name in the timeline, unique in a run; the persona's own where it is left out. */
  readonly session?: string;
  /** What to show in place of the persona's own token; `null`: nothing at all. */
  readonly credential?: Credential | null;
  /** How often to dial at most; the settings' number where it is left out. */
  readonly tries?: number;
  readonly path?: string;
  readonly origin?: string | null;
  /** The turn of a connection of this persona that the act cut, with which this one goes on. */
  readonly resumes?: Turn;
  /** The act asks as soon as the connection is open; the welcome is not waited for. */
  readonly early?: boolean;
  /** Its refusal or end is what the act asks for: nothing follows it up, and later stages do not stop for it. */
  readonly provoked?: boolean;
};

/** What an act may do: the only door from a scenario to a target. */
export type Stage = {
  readonly rig: Rig;
  /** What has been seen so far. */
  readonly seen: () => Run;
  /** Climbs the ladder as this persona; `true` when every rung held. */
  readonly climb: (persona: string) => Promise<boolean>;
  /** Connects and waits for the welcome; a refused or silent connection comes back closed, `null` where there are no credentials. */
  readonly connect: (persona: string, plan?: ConnectPlan) => Promise<Session | null>;
  /** The token that this persona travels with; `null` where there is none to be had, or none is wanted. */
  readonly credential: (persona: string) => Promise<Credential | null>;
  /** Connects several users at once; none where a promise is broken already, and none, noted as not asked, where the credentials do not give distinct users. */
  readonly connectApart: (personas: NonEmpty<string>) => Promise<readonly Session[]>;
};
