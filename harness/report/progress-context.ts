import type { Profile } from '../protocol/profile.ts';
import type { Observation, Role, SightingKind } from '../timeline/observation.ts';

const TROUBLES: ReadonlySet<SightingKind> = new Set(['refused', 'failed', 'gave-up', 'frame-broken', 'closed']);

/** What the lines before have told: who is here, in which role, and when each asked. One per run; memory per session only. */
export class ProgressContext {
  readonly profile: Profile;
  readonly #roles = new Map<string, Role>();
  readonly #askedMs = new Map<string, number>();
  readonly #closing = new Set<string>();
  #users = 0;
  #troubled = false;

  constructor(profile: Profile) {
    this.profile = profile;
  }

  /** Takes in one observation; call it once for each, in order. */
  follow(seen: Observation): void {
    if (seen.kind === 'joined') {
      if (seen.role === 'user' && this.#roles.get(seen.session) !== 'user') this.#users += 1;
      this.#roles.set(seen.session, seen.role);
    }
    if (TROUBLES.has(seen.kind) || (seen.kind === 'probed' && seen.probe === 'rung' && !seen.ok)) this.#troubled = true;
    if (seen.kind === 'asked') this.#askedMs.set(seen.session, seen.atMs);
    if (seen.kind === 'closing') this.#closing.add(seen.session);
  }

  roleOf(session: string): Role {
    return this.#roles.get(session) ?? 'user';
  }

  /** Whether a line must say whose it is. */
  get crowded(): boolean {
    return this.#users > 1;
  }

  /** Whether something went wrong already, so that what is probed now is evidence. */
  get troubled(): boolean {
    return this.#troubled;
  }

  sinceAskedMs(seen: Observation): number | null {
    const askedMs = this.#askedMs.get(seen.session);
    return askedMs === undefined ? null : seen.atMs - askedMs;
  }

  /** Whether we ourselves began to close, so that the end is no news. */
  leaves(session: string): boolean {
    return this.#closing.has(session);
  }
}
