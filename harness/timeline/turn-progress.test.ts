import { describe, expect, it } from 'vitest';
import type { AgentEvent, EventType } from '../protocol/event.ts';
import type { Meaning } from '../protocol/profile.ts';
import type { ToolPolicy } from './header.ts';
import { TurnProgress } from './turn-progress.ts';

function event(type: EventType, facts: Partial<AgentEvent> = {}): Meaning {
  return {
    kind: 'event',
    event: {
      type,
      agent: 'Supervisor',
      tool: type.startsWith('tool') ? 'lookup' : null,
      callId: null,
      runId: null,
      threadId: null,
      requestId: null,
      userId: null,
      eventId: null,
      origin: 'server',
      retried: false,
      recovered: false,
      succeeded: null,
      status: null,
      stamp: null,
      body: {},
      ...facts,
    },
  };
}

function turnOf(tools: ToolPolicy, ...meanings: readonly Meaning[]): TurnProgress {
  const progress = new TurnProgress(tools);
  for (const meaning of meanings) progress.see(meaning);
  return progress;
}

const five = [
  event('agent_started'),
  event('agent_thinking'),
  event('tool_executing'),
  event('tool_completed'),
  event('agent_completed'),
];

describe('a turn in progress', () => {
  it('waits until an agent has completed', () => {
    expect(turnOf('required').state()).toBe('waiting');
    expect(turnOf('required', ...five.slice(0, 4)).state()).toBe('waiting');
  });

  it('is complete as soon as all five came, the tools are paired and the agent has completed', () => {
    expect(turnOf('required', ...five).state()).toBe('complete');
  });

  it('needs quiet while a type is owed, and names it', () => {
    const progress = turnOf('required', ...five.filter((_, at) => at !== 1));
    expect(progress.state()).toBe('quiet-needed');
    expect(progress.missing()).toEqual(['agent_thinking']);
  });

  it('needs quiet while a tool call is open', () => {
    expect(turnOf('required', ...five.slice(0, 3), event('tool_executing'), ...five.slice(3)).state()).toBe(
      'quiet-needed',
    );
  });

  it('takes a failed tool for the end of its call', () => {
    const failed: Meaning = { kind: 'tool-failed', tool: 'search', callId: null };
    const search = event('tool_executing', { tool: 'search' });
    expect(turnOf('required', ...five.slice(0, 4), search, failed, ...five.slice(4)).state()).toBe('complete');
  });

  it('needs quiet for an agent that started and never completes', () => {
    expect(turnOf('required', event('agent_started', { agent: 'netra-assistant' }), ...five).state()).toBe(
      'quiet-needed',
    );
  });

  it('is not over at the first completion when a nested agent completes before its supervisor', () => {
    const nested = [event('agent_started', { agent: 'triage' }), event('agent_completed', { agent: 'triage' })];
    const progress = turnOf('required', ...five.slice(0, 4), ...nested);
    expect(progress.state()).toBe('quiet-needed');
    progress.see(event('agent_completed'));
    expect(progress.state()).toBe('complete');
  });

  it('lets a completion without a name end the only open agent, and none of several', () => {
    const unnamed = event('agent_completed', { agent: null });
    expect(turnOf('required', ...five.slice(0, 4), unnamed).state()).toBe('complete');
    expect(turnOf('required', event('agent_started', { agent: 'b' }), ...five.slice(0, 4), unnamed).state()).toBe(
      'quiet-needed',
    );
  });

  it('lets a named completion end an agent that started without a name', () => {
    expect(turnOf('required', event('agent_started', { agent: null }), ...five.slice(1)).state()).toBe('complete');
  });

  it('owes no tool events where the scenario does not require them', () => {
    const without = [event('agent_started'), event('agent_thinking'), event('agent_completed')];
    expect(turnOf('optional', ...without).state()).toBe('complete');
    expect(turnOf('absent', ...without).state()).toBe('complete');
    expect(turnOf('required', ...without).missing()).toEqual(['tool_executing', 'tool_completed']);
  });

  it('is not moved by heartbeats, acknowledgements and notes', () => {
    expect(turnOf('required', { kind: 'heartbeat' }, { kind: 'ack', receivedType: null }).state()).toBe('waiting');
  });
});
