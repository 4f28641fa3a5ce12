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

/** The tool calls of a turn, repeats left out. */
export type ToolCalls = {
  readonly whole: readonly ToolCall[];
  readonly unended: readonly Happening[];
  readonly unbegun: readonly Happening[];
};

/** Pairs the tool events of a turn: by call id, else by tool name as a multiset. */
export function toolCalls(turn: TurnRecord): ToolCalls {
  const ledger = new ToolLedger<Happening>();
  const whole: ToolCall[] = [];
  const begin = (begun: Happening): void => {
    const end = ledger.begin(begun.event, begun);
    if (end) whole.push({ begun, until: end.at, derived: isDerived(begun) || isDerived(end) });
  };
  const end = (ended: Happening): void => {
    const begun = ledger.end(ended.event, ended);
    if (begun) whole.push({ begun, until: ended.at, derived: isDerived(begun) || isDerived(ended) });
  };
  const fails = failures(turn);
  for (const happening of sortedByRepeat(turn.happenings).firsts) {
    for (let next = fails[0]; next && next.at.seq < happening.at.seq; next = fails[0]) fail(ledger, whole, fails);
    if (happening.event.type === 'tool_executing') begin(happening);
    if (happening.event.type === 'tool_completed') end(happening);
  }
  while (fails.length > 0) fail(ledger, whole, fails);
  return { whole, unended: ledger.unended, unbegun: ledger.unbegun };
}

type Failure = { readonly at: Seen<'received'>; readonly tool: string | null; readonly callId: string | null };

function failures(turn: TurnRecord): Failure[] {
  return turn.frames.flatMap(({ at, meanings }) =>
    meanings.flatMap((meaning) =>
      meaning.kind === 'tool-failed' ? [{ at, tool: meaning.tool, callId: meaning.callId }] : [],
    ),
  );
}

function fail(ledger: ToolLedger<Happening>, whole: ToolCall[], fails: Failure[]): void {
  const failure = fails.shift();
  const begun = failure ? ledger.fail(failure) : null;
  if (failure && begun) whole.push({ begun, until: failure.at, derived: isDerived(begun) });
}

function isDerived({ event }: Happening): boolean {
  return event.origin === 'client-derived';
}
