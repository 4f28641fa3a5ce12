import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Facts } from '../timeline/observation.ts';

/** A connection that is let in is welcomed within this, or is asked without a welcome. */
const WELCOME_MS = 1000;

/** On a fresh connection: are a ping and one in the protocol's own words answered there? Without it, nobody knows whether this target answers such pings at all. */
export function whetherItListens(rig: Rig): (session: Session) => Promise<Facts> {
  return async (session) => {
    let cancel = (): void => undefined;
    const enough = new Promise<boolean>((resolve) => {
      cancel = rig.clock.after(WELCOME_MS, () => resolve(false));
    });
    const welcomed = await Promise.race([session.welcomed(), enough]);
    cancel();
    await session.signOfLife();
    return { welcomed };
  };
}
