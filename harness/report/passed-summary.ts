import type { Ruled } from '../judge/rule.ts';
import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';

/** What a passed verdict says of itself: promises kept, the times that matter, what was slow, and whether it needed a second try. */
export function passedSummary(rulings: readonly Ruled[], budgets: VerdictDocument['budgets'], flaky: boolean): string {
  const kept = rulings.filter(({ ruling }) => ruling.outcome === 'pass').length;
  const took = (leg: string) => budgets.find((budget) => budget.leg === leg)?.tookMs ?? null;
  const first = took('first-event');
  const total = took('total');
  const slow = budgets.filter((budget) => budget.state === 'slow').map((budget) => budget.leg);
  const clauses = [
    kept === 0 ? 'every rung holds' : `${kept} ${kept === 1 ? 'promise' : 'promises'} kept`,
    ...(first === null ? [] : [`first event after ${durationText(first)}`]),
    ...(total === null ? [] : [`answered in ${durationText(total)}`]),
    ...(slow.length === 0 ? [] : [`slow: ${slow.join(', ')}`]),
    ...(flaky ? ['only after a failed try'] : []),
  ];
  return clauses.join(', ');
}
