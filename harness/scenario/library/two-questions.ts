import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** One user, two questions, one after the other on one connection: the first answer can never satisfy the second question. */
export const twoQuestions: Scenario = {
  name: 'two-questions',
  sentence: 'a user asks again on the same connection and gets the second answer to the second question',
  tools: 'required',
  rules: CATALOGUE,
  async act({ connect }) {
    const alice = await connect('alice');
    if (alice?.open && (await alice.ask(null).ended()) && alice.open) await alice.ask(null).ended();
    await alice?.close();
  },
};
