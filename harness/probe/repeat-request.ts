import { dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import type { Wallet } from '../target/credentials.ts';
import { freshUser } from './fresh-user.ts';

/**
 * The same request once more, on a fresh connection as a fresh user: a crashed handler crashes again, a killed worker does
 * not. Everything stands under the session `repetition`, role probe. Never in production, where nobody asked for a second run.
 */
export async function repeatRequest(rig: Rig, wallet: Wallet, on: string): Promise<void> {
  if (rig.settings.environment === 'production') {
    const text = 'the request was not repeated: this is production';
    rig.recorder.note(on, { kind: 'noted', topic: 'follow-up', text });
    return;
  }
  const { persona, credential } = await freshUser(rig, wallet, on);
  const session = await dial(rig, { session: 'repetition', persona, role: 'probe', credential, tries: 1 });
  try {
    if (session.open && (await session.welcomed())) await session.ask(null).ended();
  } finally {
    await session.close();
  }
}
