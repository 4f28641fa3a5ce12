import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** One user, one question, five events: no ladder before it and nobody beside it. */
export const goldenPath: Scenario = {
  name: 'golden-path',
  sentence: 'a user asks once and is answered once',
  tools: 'required',
  rules: CATALOGUE,
  async act({ connect }) {
    const alice = await connect('alice');
    if (alice?.open) await alice.ask(null).ended();
    await alice?.close();
  },
};
