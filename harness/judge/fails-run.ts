import type { Meaning } from '../protocol/profile.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Happening, SessionRecord, TurnRecord } from '../timeline/run.ts';
import { isPlaceholder } from './placeholder.ts';

type Failure = Extract<Meaning, { kind: 'run-failed' }>;

/**
 * Whether a failure that an agent told of is one of its run, whose last completion is `last`. A completion behind it takes
 * nothing back. After the completion it must name the run that had claimed success, and we must not have begun to leave:
 * what was started beside a run may fail later, and fails when nobody listens any more.
 */
export function failsRun(
  failure: Failure,
  at: Observation,
  turn: TurnRecord,
  last: Happening,
  { closing }: SessionRecord,
): boolean {
  if (!isOuter(failure, turn)) return false;
  if (at.seq <= last.at.seq) return true;
  return isNamed(failure, turn, last) && (closing === null || at.seq < closing.seq);
}

/** By the id under which the run completed; by that under which it started, where the completion has none. */
function isNamed({ runId }: Failure, { happenings }: TurnRecord, last: Happening): boolean {
  const started = happenings.find(({ event }) => event.type === 'agent_started');
  return runId !== null && !isPlaceholder(runId) && runId === (last.event.runId ?? started?.event.runId);
}

/**
 * Whether it is the run's own agent that failed, and not one of those it had called. Where one agent started, it is that
 * one, unless it has another name.
 */
function isOuter({ agent }: Failure, { happenings }: TurnRecord): boolean {
  const starts = happenings.filter(({ event }) => event.type === 'agent_started').map(({ event }) => event.agent);
  const outer = starts[0] ?? null;
  return agent === null || agent === outer || (outer === null && starts.length === 1);
}
