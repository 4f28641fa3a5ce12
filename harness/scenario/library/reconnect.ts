import { CATALOGUE } from '../../judge/catalogue.ts';
import { rules } from '../../judge/rules.ts';
import { Latch } from '../../session/latch.ts';
import { waitAtMost } from '../../session/wait-at-most.ts';
import type { Scenario } from '../scenario.ts';

/** How long a user is away at least: several steps of a quick agent, on a busy machine too. */
const AWAY_MS = 1000;
/** And at most, so that our own absence does not use up the run's time. */
const LONGEST_AWAY_MS = 10_000;
/** Her own absence lies in the middle of what these measure. */
const UNMEASURABLE = /^promptness\/(gap|tool|total|delivery|open-to-first-event)$/;

/** One user who loses her connection in the middle of an answer and comes back: every event of it reaches her, once and in order. */
export const reconnect: Scenario = {
  name: 'reconnect',
  sentence: 'a user whose connection is lost in the middle of an answer comes back and misses nothing',
  tools: 'required',
  rules: [
    rules.recovery.noneLost,
    rules.recovery.noneTwice,
    rules.recovery.inOrder,
    ...CATALOGUE.filter(({ id }) => !UNMEASURABLE.test(id)),
  ],
  async act({ connect, rig }) {
    const alice = await connect('alice');
    if (!alice?.open) return;
    const turn = alice.ask(null);
    // A call that has begun: its end is owed, so that losing it shows.
    if (!(await turn.until('tool_executing')) || !alice.open || turn.isOver) {
      await turn.ended();
      await alice.close();
      return;
    }
    await alice.sever();
    // Nobody outside can see that something was missed; an absence makes it likely.
    await waitAtMost(rig, Math.min(Math.max(AWAY_MS, 2 * turn.longestWaitMs), LONGEST_AWAY_MS), new Latch());
    const again = await connect('alice', { resumes: turn });
    if (again?.open) await turn.ended();
    await again?.close();
  },
};
