import type { FieldDemand } from '../profile.ts';

/** What each of the five should tell besides its ids, under any of the names that known servers use. */
export const FIELDS: readonly FieldDemand[] = [
  { event: 'agent_started', meaning: 'agent name', names: ['agent_name', 'agent', 'name'] },
  { event: 'agent_thinking', meaning: 'thought', names: ['reasoning', 'thought', 'thinking', 'message'] },
  { event: 'tool_executing', meaning: 'parameters', names: ['parameters', 'params', 'tool_args', 'input'] },
  { event: 'tool_completed', meaning: 'results', names: ['results', 'result', 'output'] },
  // `payload`: the body itself is the answer.
  {
    event: 'agent_completed',
    meaning: 'final response',
    names: ['final_response', 'response', 'result', 'payload'],
  },
];
