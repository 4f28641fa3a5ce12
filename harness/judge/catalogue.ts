import type { NonEmpty } from '../kernel/list.ts';
import type { Rule } from './rule.ts';
import { welcomed } from './rules/admission.ts';
import { clean } from './rules/closure.ts';
import { ownRun, ownUser } from './rules/identity.ts';
import { allFive, completedLast, completedSuccessfully, inOrder, startedFirst } from './rules/lifecycle.ts';
import { answersPings } from './rules/liveness.ts';
import { fields, toolName } from './rules/payload.ts';
import { connect, delivery, firstEvent, gap, openToFirstEvent, tool, total, welcome } from './rules/promptness.ts';
import { RECOVERIES } from './rules/recovery.ts';
import { REFUSALS } from './rules/refusals.ts';
import { paired } from './rules/tools.ts';
import { decodes, noDuplicates } from './rules/wire.ts';

/** Every rule that a golden path is judged by. Ids are stable: a timeline names the rules that it wants by them. */
export const CATALOGUE: NonEmpty<Rule> = [
  welcomed,
  allFive,
  startedFirst,
  inOrder,
  completedLast,
  completedSuccessfully,
  paired,
  ownUser,
  ownRun,
  decodes,
  noDuplicates,
  toolName,
  fields,
  connect,
  welcome,
  firstEvent,
  gap,
  tool,
  total,
  delivery,
  openToFirstEvent,
  answersPings,
  clean,
];

/** Every rule that there is: those of the golden path, those of a reconnect, and those of admission that the token matrix is judged by. */
export const ALL_RULES: NonEmpty<Rule> = [...CATALOGUE, ...RECOVERIES, ...REFUSALS];

const BY_ID: ReadonlyMap<string, Rule> = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** The rule of that id, or `null`. */
export function ruleNamed(id: string): Rule | null {
  return BY_ID.get(id) ?? null;
}
