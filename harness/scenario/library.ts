import { earlyRequest } from './library/early-request.ts';
import { goldenPath } from './library/golden-path.ts';
import { ladder } from './library/ladder.ts';
import { olderTab } from './library/older-tab.ts';
import { reconnect } from './library/reconnect.ts';
import { smoke } from './library/smoke.ts';
import { tokens } from './library/tokens.ts';
import { twoQuestions } from './library/two-questions.ts';
import { twoUsers } from './library/two-users.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario that `--scenario` knows, by name. */
export const LIBRARY: readonly Scenario[] = [
  smoke,
  goldenPath,
  twoUsers,
  earlyRequest,
  twoQuestions,
  olderTab,
  reconnect,
  ladder,
  tokens,
];
