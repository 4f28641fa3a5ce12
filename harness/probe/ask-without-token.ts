import type { Rig } from '../session/rig.ts';
import type { Credential } from '../target/credentials.ts';
import { upgradeProbe } from './upgrade-probe.ts';

/** A path that no target serves: what is said there is said to anybody. */
const BOGUS_PATH = '/agent-events-no-such-socket';

/**
 * After 401 or 403: the same path without a token, and a path that does not exist. Only their difference ties the refusal to
 * the token. Where an `Origin` is set, the same token without it too (`fresh-upgrade` with `facts.origin` "none").
 */
export async function askWithoutToken(rig: Rig, session: string, credential: Credential | null): Promise<void> {
  const nobody = { persona: 'nobody', credential: null };
  const probes = [
    upgradeProbe(rig, session, 'without-token', nobody),
    upgradeProbe(rig, session, 'bogus-path', { ...nobody, path: BOGUS_PATH }),
  ];
  if (rig.settings.origin !== null)
    probes.push(upgradeProbe(rig, session, 'fresh-upgrade', { persona: 'nobody', credential, origin: null }));
  await Promise.all(probes);
}
