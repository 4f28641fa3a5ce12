import { describe, expect, it } from 'vitest';
import { derivedRun, says } from '../../../fixtures/client-derived.ts';
import { asked } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import { fields, toolName } from './payload.ts';

describe('a tool event', () => {
  it('that names no tool is told with its type, its beginning and its end alike', () => {
    const nameless = { tool_name: null };
    expect(said(toolName, asked().event('tool_executing', nameless).event('tool_completed').settled())).toEqual([
      "the tool's name in tool_executing: there is none (run run-1) [tool_executing]",
    ]);
    expect(said(toolName, asked().event('tool_executing').event('tool_completed', nameless).settled())).toEqual([
      "the tool's name in tool_completed: there is none (run run-1) [tool_completed]",
    ]);
  });

  it('is the only one that owes a name', () => {
    const built = asked().event('agent_started').event('tool_executing').event('agent_thinking').settled();
    expect(said(toolName, built)).toEqual(['kept: tool_executing']);
  });
});

describe('what a user is shown of an event', () => {
  it.each([undefined, null, ''])('is told by no field that is %j', (thought) => {
    expect(said(fields, asked().event('agent_thinking', { thought }))).toEqual([
      'thought in agent_thinking (reasoning, thought, thinking, message): there is none (run run-1) [agent_thinking]',
    ]);
  });

  it('is told by any of its names', () => {
    expect(said(fields, asked().event('agent_thinking', { reasoning: 'so' }))).toEqual(['kept: agent_thinking']);
  });

  it('is not asked of what the client says itself', () => {
    const nothing = { outcome: 'inconclusive', reason: 'no event came (run run-1)' };
    expect(fields.judge(derivedRun(asked().note(says('agent_thinking'))))).toEqual(nothing);
  });
});
