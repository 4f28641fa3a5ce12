import type { Rig } from '../session/rig.ts';
import type { Wallet } from '../target/credentials.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';
import { askWithoutToken } from './ask-without-token.ts';
import { controlLookup } from './control-lookup.ts';
import { freshUser } from './fresh-user.ts';
import { healthProbe } from './health-probe.ts';
import { repeatRequest } from './repeat-request.ts';
import { type Trouble, troubleIn } from './session-trouble.ts';
import { tlsOnPort } from './tls-on-port.ts';
import { upgradeProbe } from './upgrade-probe.ts';

/**
 * Asks what only the moment after a failure can tell, once per run and only after one: health, a fresh upgrade, the upgrade
 * without its token, a control look-up, whether a plain port speaks TLS, and the same request again. What it finds is in the timeline; it decides nothing.
 */
export async function followUp(
  rig: Rig,
  of: {
    readonly run: Run;
    readonly wallet: Wallet;
    /** Sessions whose trouble was asked for: nobody follows that up. */
    readonly except?: ReadonlySet<string>;
  },
): Promise<void> {
  const sessions = of.run.sessions.filter(({ role, session }) => role !== 'probe' && !of.except?.has(session));
  const troubled = sessions.flatMap(withTrouble);
  const done = new Set<Trouble>();
  for (const { session, trouble } of troubled) {
    if (done.has(trouble) || rig.signal.aborted) continue;
    done.add(trouble);
    await ask(rig, of.wallet, of.run, session, trouble);
  }
}

function withTrouble(
  session: SessionRecord,
): readonly { readonly session: SessionRecord; readonly trouble: Trouble }[] {
  const trouble = troubleIn(session);
  return trouble === null ? [] : [{ session, trouble }];
}

async function ask(rig: Rig, wallet: Wallet, run: Run, on: SessionRecord, trouble: Trouble): Promise<void> {
  const { session: name } = on;
  const asked = run.observations.some(
    (seen) => seen.kind === 'probed' && (seen.probe === 'without-token' || seen.probe === 'control-lookup'),
  );
  switch (trouble) {
    case 'unauthorised':
      if (!asked) await askWithoutToken(rig, name, (await freshUser(rig, wallet, name)).credential);
      return;
    case 'unresolved':
      if (!asked) await controlLookup(rig, name);
      return;
    case 'unspoken':
      await tlsOnPort(rig, name);
      return;
    case 'unopened':
      await healthProbe(rig, name, 'backend-health');
      return;
    case 'silent':
      await fresh(rig, wallet, name);
      return;
    case 'cut':
    case 'vanished': {
      const answers = await fresh(rig, wallet, name);
      if (answers && trouble === 'vanished') await repeatRequest(rig, wallet, name);
      return;
    }
    default:
      trouble satisfies never;
  }
}

/** Whether the target still answers: its health, and a fresh connection of a fresh user at the same time. */
async function fresh(rig: Rig, wallet: Wallet, on: string): Promise<boolean> {
  const upgrade = async (): Promise<boolean> => {
    const { persona, credential } = await freshUser(rig, wallet, on);
    return await upgradeProbe(rig, on, 'fresh-upgrade', { persona, credential });
  };
  const [health, opened] = await Promise.all([healthProbe(rig, on, 'backend-health'), upgrade()]);
  return opened && (health.answer === null || health.answer.status < 500);
}
