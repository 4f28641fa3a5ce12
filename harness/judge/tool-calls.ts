import type { Meaning } from '../protocol/profile.ts';
import type { Seen } from '../timeline/observation.ts';
import type { Happening, TurnRecord } from '../timeline/run.ts';
import { ToolLedger } from '../timeline/tool-ledger.ts';
import { sortedByRepeat } from './repeats.ts';

/** A tool call from its tool_executing to what ended it: its tool_completed, or the tool's own failure. */
export type ToolCall = {
  readonly begun: Happening;
  readonly until: Seen<'received' | 'sent'>;
  readonly derived: boolean;
};

/** A call that the tool says has failed, and that no tool_completed ended. */
export type FailedCall = { readonly begun: Happening; readonly failure: Seen<'received'> };

/** The tool calls of a turn, repeats left out. */
export type ToolCalls = {
  readonly whole: readonly ToolCall[];
  /** Those of the whole ones that only a failure ended. */
  readonly failed: readonly FailedCall[];
  readonly unended: readonly Happening[];
  readonly unbegun: readonly Happening[];
};

/** Pairs the tool events of a turn: by call id, else by tool name as a multiset. */
export function toolCalls(turn: TurnRecord): ToolCalls {
  const ledger = new ToolLedger<Happening>();
  const whole: ToolCall[] = [];
  const failed = new Map<Happening, FailedCall>();
  for (const step of stepsOf(turn)) {
    if ('failure' in step) {
      const begun = ledger.fail(step.failure);
      if (begun) {
        whole.push({ begun, until: step.at, derived: isDerived(begun) });
        failed.set(begun, { begun, failure: step.at });
      }
      continue;
    }
    const { event } = step;
    const begins = event.type === 'tool_executing';
    const other = begins ? ledger.begin(event, step) : ledger.end(event, step);
    const [begun, ended] = begins ? [step, other] : [other, step];
    if (begun && ended) {
      whole.push({ begun, until: ended.at, derived: isDerived(begun) || isDerived(ended) });
      failed.delete(begun);
    }
  }
  return { whole, failed: [...failed.values()], unended: ledger.unended, unbegun: ledger.unbegun };
}

type Failure = { readonly at: Seen<'received'>; readonly failure: Extract<Meaning, { kind: 'tool-failed' }> };

/** What moves a tool call, in order of arrival: its events, repeats left out, and what a tool says of its own failure. */
function stepsOf(turn: TurnRecord): readonly (Happening | Failure)[] {
  const events = sortedByRepeat(turn.happenings).firsts.filter(
    ({ event }) => event.type === 'tool_executing' || event.type === 'tool_completed',
  );
  const failures = turn.frames.flatMap(({ at, meanings }) =>
    meanings.flatMap((meaning) => (meaning.kind === 'tool-failed' ? [{ at, failure: meaning }] : [])),
  );
  return [...events, ...failures].sort((a, b) => a.at.seq - b.at.seq);
}

function isDerived({ event }: Happening): boolean {
  return event.origin === 'client-derived';
}
