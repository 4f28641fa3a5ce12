import { welcomed } from './rules/admission.ts';
import { clean } from './rules/closure.ts';
import { ownRun, ownUser } from './rules/identity.ts';
import { allFive, completedLast, completedSuccessfully, inOrder, startedFirst } from './rules/lifecycle.ts';
import { answersPings } from './rules/liveness.ts';
import { fields, toolName } from './rules/payload.ts';
import * as promptness from './rules/promptness.ts';
import { inOrder as inOrderAgain, noneLost, noneTwice } from './rules/recovery.ts';
import { refusals } from './rules/refusals.ts';
import { paired } from './rules/tools.ts';
import { decodes, noDuplicates } from './rules/wire.ts';

/** The rules by theme, as suites name them: `rules.lifecycle.allFive`. */
export const rules = {
  admission: { welcomed, ...refusals },
  lifecycle: { allFive, startedFirst, inOrder, completedLast, completedSuccessfully },
  tools: { paired },
  identity: { ownUser, ownRun },
  wire: { decodes, noDuplicates },
  payload: { toolName, fields },
  promptness: {
    connect: promptness.connect,
    welcome: promptness.welcome,
    firstEvent: promptness.firstEvent,
    gap: promptness.gap,
    tool: promptness.tool,
    total: promptness.total,
    delivery: promptness.delivery,
    openToFirstEvent: promptness.openToFirstEvent,
  },
  liveness: { answersPings },
  recovery: { noneLost, noneTwice, inOrder: inOrderAgain },
  closure: { clean },
} as const;
