import { CATALOGUE } from '../../judge/catalogue.ts';
import type { Scenario } from '../scenario.ts';

/** Two users ask at the same time, each with a marker of its own. */
export const twoUsers: Scenario = {
  name: 'two-users',
  sentence: 'two users ask at once and never see each other',
  tools: 'required',
  rules: CATALOGUE,
  async act({ connectApart }) {
    const users = await connectApart(['bob', 'carol']);
    await Promise.all(users.filter((user) => user.open).map((user) => user.ask(null).ended()));
    await Promise.all(users.map((user) => user.close()));
  },
};
