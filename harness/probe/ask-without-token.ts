import type { Rig } from '../session/rig.ts';
import { upgradeProbe } from './upgrade-probe.ts';

/** A path that no target serves: what is said there is said to anybody. */
const BOGUS_PATH = '/agent-events-no-such-socket';

/** After 401 or 403: the same path without a token, and a path that does not exist. Only their difference ties the refusal to the token. */
export async function askWithoutToken(rig: Rig, session: string): Promise<void> {
  const nobody = { persona: 'nobody', credential: null };
  await Promise.all([
    upgradeProbe(rig, session, 'without-token', nobody),
    upgradeProbe(rig, session, 'bogus-path', { ...nobody, path: BOGUS_PATH }),
  ]);
}
