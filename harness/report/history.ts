import type { VerdictDocument } from './document-schema.ts';
import type { HistoryEntry } from './read-history.ts';

/** The line of one verdict for `history.jsonl`, without a newline. */
export function historyLine(document: VerdictDocument): string {
  const { environment, scenario, outcome, domain, cause, flaky, attempts, traceId, revision } = document;
  const legs = Object.fromEntries(
    document.budgets.flatMap(({ leg, tookMs }) => (tookMs === null ? [] : [[leg, tookMs]])),
  );
  const line: HistoryEntry = {
    schema: 'agent-event-harness/history@1',
    at: document.startedAt,
    environment,
    scenario,
    outcome,
    domain,
    cause,
    flaky,
    attempts,
    traceId,
    revision,
    legs,
    timeline: document.artifacts.timeline,
  };
  return JSON.stringify(line);
}
