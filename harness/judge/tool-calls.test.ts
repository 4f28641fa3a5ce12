import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import { said } from '../../fixtures/said.ts';
import { paired } from './rules/tools.ts';

const nameless = { tool_name: null, execution_id: null };
const failure = { type: 'tool_error', tool_name: 'search' };

describe('a tool call', () => {
  it('is ended by nothing but its end or its own failure, whatever else comes', () => {
    const built = asked().event('tool_executing', nameless).received({ type: 'heartbeat' }).settled();
    expect(said(paired, built)).toEqual([
      'tool_completed of an unnamed tool: it began and never ended (run run-1) [tool_executing, settled]',
    ]);
  });

  it('that never began is not ended by a failure', () => {
    const whole = asked().received(failure).event('tool_executing').event('tool_completed').settled();
    expect(said(paired, whole)).toEqual(['kept: tool_completed']);
  });
});
