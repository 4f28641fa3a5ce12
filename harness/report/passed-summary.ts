import type { Ruled } from '../judge/rule.ts';
import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';

/** What a passed verdict says of itself: promises kept, the times that matter, and what was not as it should be all the same. */
export function passedSummary(
  rulings: readonly Ruled[],
  { budgets, ladder }: Pick<VerdictDocument, 'budgets' | 'ladder'>,
  flaky: boolean,
): string {
  const unasked = rulings.filter(
    ({ rule, ruling }) => rule.id.startsWith('admission/refuses-') && ruling.outcome === 'not-applicable',
  ).length;
  const kept = rulings.filter(({ ruling }) => ruling.outcome === 'pass').length;
  const took = (leg: string) => budgets.find((budget) => budget.leg === leg)?.tookMs ?? null;
  const first = took('first-event');
  const total = took('total');
  const slow = budgets.filter((budget) => budget.state === 'slow').map((budget) => budget.leg);
  const broken = ladder.filter((rung) => !rung.ok).map((rung) => rung.rung);
  const rungs = broken.length === 0 ? 'every rung holds' : 'every rung that counts holds';
  const clauses = [
    kept === 0 ? rungs : `${kept} ${kept === 1 ? 'promise' : 'promises'} kept`,
    ...(unasked === 0 ? [] : [`${unasked} of the tokens that must be refused not asked`]),
    ...(first === null ? [] : [`first event after ${durationText(first)}`]),
    ...(total === null ? [] : [`answered in ${durationText(total)}`]),
    ...(slow.length === 0 ? [] : [`slow: ${slow.join(', ')}`]),
    ...(broken.length === 0 ? [] : [`although ${broken.join(', ')} is not ok`]),
    ...(flaky ? ['only after a failed try'] : []),
  ];
  return clauses.join(', ');
}
