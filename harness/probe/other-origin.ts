import type { Rig } from '../session/rig.ts';
import type { Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';
import { upgradeProbe } from './upgrade-probe.ts';

/**
 * After a refusal or a 1008, where we sent an `Origin`: the same upgrade with the same user's token, without an `Origin` and
 * with the target's own. `facts.origin` names it; `facts.welcomed` tells whether it was let stay. Only their difference ties the refusal to our `Origin`.
 */
export async function otherOrigin(
  rig: Rig,
  wallet: Wallet,
  on: { readonly session: string; readonly persona: string },
): Promise<void> {
  const { origin, httpUrl } = rig.settings;
  if (origin === null) return;
  const result = await wallet.obtain(persona(on.persona, rig.runId));
  if (!result.ok) return;
  const others = [null, httpUrl.origin].filter((other) => other !== origin);
  await Promise.all(
    others.map((other) =>
      upgradeProbe(
        rig,
        on.session,
        'other-origin',
        { persona: on.persona, credential: result.credential, origin: other },
        async (session) => ({ welcomed: session.open && (await session.welcomed()) }),
      ),
    ),
  );
}
