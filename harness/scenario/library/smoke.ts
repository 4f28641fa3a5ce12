import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** The ladder, the golden path, then two users at once; it stops after the first stage that does not hold. */
export const smoke: Scenario = {
  name: 'smoke',
  sentence: 'the ladder holds; a user asks once and is answered once; two users ask at once and never see each other',
  tools: 'required',
  rules: CATALOGUE,
  async act({ climb, connect, connectApart }) {
    if (!(await climb('alice'))) return;
    const alice = await connect('alice');
    if (alice?.open) await alice.ask(null).ended();
    const others = await connectApart(['bob', 'carol']);
    await Promise.all(others.filter((other) => other.open).map((other) => other.ask(null).ended()));
    await Promise.all(others.map((other) => other.close()));
    await alice?.close();
  },
};
