import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** One user who asks as soon as the connection is open: a server that listens before it can serve is found by nobody who waits. */
export const earlyRequest: Scenario = {
  name: 'early-request',
  sentence: 'a user asks before the welcome has come, and is welcomed and answered all the same',
  tools: 'required',
  rules: CATALOGUE,
  async act({ connect }) {
    const alice = await connect('alice', { early: true });
    if (alice?.open) await alice.ask(null).ended();
    await alice?.close();
  },
};
