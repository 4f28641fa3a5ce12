import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** One user with two tabs: the question asked in the older is answered there, whatever the newer one gets of it. */
export const olderTab: Scenario = {
  name: 'older-tab',
  sentence: 'a user asks in a tab while a newer one is open, and is answered where she asked',
  tools: 'required',
  rules: CATALOGUE,
  async act({ connect }) {
    const older = await connect('alice');
    if (!older?.open) return;
    const newer = await connect('alice', { session: 'alice-newer' });
    // Nothing is asked on the newer one, and every connection owes a pong.
    newer?.ping();
    if (newer?.open) await older.ask(null).ended();
    await Promise.all([newer?.close(), older.close()]);
  },
};
