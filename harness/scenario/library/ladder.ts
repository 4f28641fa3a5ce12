import type { Scenario } from '../scenario.ts';

/** The ladder alone, as `doctor` climbs it: it has no rules, so its verdict rests on the rungs. */
export const ladder: Scenario = {
  name: 'ladder',
  sentence: 'every rung from the configuration to the welcome holds',
  tools: 'optional',
  rules: [],
  async act({ climb }) {
    await climb('alice');
  },
};
