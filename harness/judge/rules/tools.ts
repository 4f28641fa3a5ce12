import type { ToolPolicy } from '../../timeline/header.ts';
import type { Happening, TurnRecord } from '../../timeline/run.ts';
import { broken, doubt, eachTurn, type Finding, interrupted, kept, rulingOf } from '../finding.ts';
import type { Rule, Ruling } from '../rule.ts';
import { runName } from '../run-name.ts';
import { toolCalls } from '../tool-calls.ts';

/** Every tool_executing has its tool_completed, and the reverse. */
export const paired: Rule = {
  id: 'tools/paired',
  statement: 'MUST end every tool call that it begins, and begin every one that it ends',
  because: 'a call that never ends spins for ever in front of the user',
  judge: (run) => withTools(run.header.tools, () => rulingOf(eachTurn(run, (turn) => pairs(turn, run.header.tools)))),
};

/** Rules about tools do not apply where the scenario declared before the run that there are none. */
export function withTools(tools: ToolPolicy, judge: () => Ruling): Ruling {
  return tools === 'absent'
    ? { outcome: 'not-applicable', reason: 'the scenario declares that no tool is used' }
    : judge();
}

/** What a turn without any tool event says: nothing where one was required, all is well where none was. */
export function withoutTools(turn: TurnRecord, tools: ToolPolicy): Finding {
  if (turn.settled === null) return interrupted(turn);
  return tools === 'optional' ? kept(turn.settled) : doubt(`no tool event came (${runName(turn)})`);
}

function pairs(turn: TurnRecord, tools: ToolPolicy): readonly Finding[] {
  const { whole, failed, unended, unbegun } = toolCalls(turn);
  if (whole.length + unended.length + unbegun.length === 0) return [withoutTools(turn, tools)];
  const findings: Finding[] = whole.map((call) => kept(call.until));
  for (const one of unbegun) {
    const actual = `it ended without one (${runName(turn)})`;
    findings.push(broken(`tool_executing of ${named(one)}`, actual, one.at));
  }
  for (const { begun, failure } of failed) {
    const actual = `it failed by its own word and was never completed (${runName(turn)})`;
    findings.push(broken(`tool_completed of ${named(begun)}`, actual, begun.at, failure));
  }
  for (const one of unended) {
    const actual = `it began and never ended (${runName(turn)})`;
    findings.push(
      turn.settled === null
        ? interrupted(turn)
        : broken(`tool_completed of ${named(one)}`, actual, one.at, turn.settled),
    );
  }
  return findings;
}

function named({ event }: Happening): string {
  const call = event.callId === null ? '' : ` (call ${event.callId})`;
  return `${event.tool ?? 'an unnamed tool'}${call}`;
}
