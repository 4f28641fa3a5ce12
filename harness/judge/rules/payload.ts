import type { FieldDemand } from '../../protocol/profile.ts';
import type { ToolPolicy } from '../../timeline/header.ts';
import type { TurnRecord } from '../../timeline/run.ts';
import { broken, doubt, eachTurn, type Finding, kept, rulingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { runName } from '../run-name.ts';
import { withoutTools, withTools } from './tools.ts';

/** Tool events name their tool. */
export const toolName: Rule = {
  id: 'payload/tool-name',
  statement: 'MUST name the tool in every tool event',
  because: 'a user who waits for a tool wants to know which',
  judge: (run) => withTools(run.header.tools, () => rulingOf(eachTurn(run, (turn) => names(turn, run.header.tools)))),
};

function names(turn: TurnRecord, tools: ToolPolicy): readonly Finding[] {
  const findings = turn.happenings.flatMap(({ at, event }) => {
    if (event.type !== 'tool_executing' && event.type !== 'tool_completed') return [];
    return [
      event.tool === null
        ? broken(`the tool's name in ${event.type}`, `there is none (${runName(turn)})`, at)
        : kept(at),
    ];
  });
  return findings.length > 0 ? findings : [withoutTools(turn, tools)];
}

/** The other fields that the profile asks of each event. */
export const fields: Rule = {
  id: 'payload/fields',
  statement: 'SHOULD tell in every event what a user is shown of it',
  because: 'an event without its thought, input, result or answer is a row without a text',
  judge: (run) => rulingOf(eachTurn(run, (turn) => demands(turn, run.profile.fields))),
};

function demands(turn: TurnRecord, asked: readonly FieldDemand[]): readonly Finding[] {
  const findings = turn.happenings.flatMap(({ at, event }) => {
    if (event.origin === 'client-derived') return [];
    const lacking = asked.filter(
      ({ event: type, names }) => type === event.type && !names.some((name) => told(event.body[name])),
    );
    if (lacking.length === 0) return [kept(at)];
    return lacking.map(({ meaning, names }) =>
      broken(`${meaning} in ${event.type} (${names.join(', ')})`, `there is none (${runName(turn)})`, at),
    );
  });
  return findings.length > 0 ? findings : [doubt(`no event came (${runName(turn)})`)];
}

function told(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
