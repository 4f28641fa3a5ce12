import type { TurnRecord } from '../timeline/run.ts';
import { isPlaceholder } from './placeholder.ts';

/** What messages call a turn: by the run id that its events carry, else by its own name. */
export function runName(turn: TurnRecord): string {
  const runId = turn.happenings.find(({ event }) => event.runId !== null && !isPlaceholder(event.runId))?.event.runId;
  return runId ? `run ${runId}` : `turn ${turn.turn}`;
}
