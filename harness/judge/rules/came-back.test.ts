import { describe, expect, it } from 'vitest';
import { cameBack } from '../../../fixtures/came-back.ts';
import { asked } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { inOrder, noneLost, noneTwice } from './recovery.ts';

type Fields = { readonly [name: string]: unknown };

const S = 1767225600000;
const at = (ms: number, more: Fields = {}) => ({ timestamp: S + ms, ...more });
const marked = { recovered: true };
const begun = (): TimelineBuilder => asked().event('agent_started');
/** Something that was missed, so that there is something to judge by. */
const missing = (built: TimelineBuilder): TimelineBuilder => cameBack(built).event('agent_thinking', marked);
const rest = (built: TimelineBuilder): TimelineBuilder =>
  built.event('tool_executing').event('tool_completed').event('agent_completed').settled();

describe('what was lost over a reconnect', () => {
  const NEITHER = 'it came neither before the connection was lost nor after (run run-1)';

  it('is told by its type where none of it came', () => {
    expect(said(noneLost, rest(cameBack(begun())))).toEqual([`agent_thinking: ${NEITHER} [resumed, settled]`]);
    expect(said(noneLost, rest(missing(begun())))).toEqual(['kept: agent_thinking']);
  });

  it('is told by the tool whose other half came', () => {
    const other = { execution_id: 'c-2', tool_name: 'query' };
    expect(said(noneLost, rest(missing(begun()).event('tool_executing', other)))).toEqual([
      `tool_completed of query: ${NEITHER} [tool_executing, settled]`,
    ]);
    expect(said(noneLost, rest(missing(begun()).event('tool_completed', other)))).toEqual([
      `tool_executing of query: ${NEITHER} [tool_completed, settled]`,
    ]);
    expect(said(noneLost, rest(missing(begun()).event('tool_completed', { ...other, tool_name: null })))).toEqual([
      `tool_executing of an unnamed tool: ${NEITHER} [tool_completed, settled]`,
    ]);
  });
});

describe('what came twice', () => {
  const twice = (built: TimelineBuilder): TimelineBuilder =>
    built.event('agent_thinking', { thought: 'a' }).event('agent_thinking', { thought: 'a' });
  const TWICE = [
    'agent_thinking once, or a word of recovery: it came again unmarked (run run-1) [agent_thinking, agent_thinking]',
  ];

  it('counts from the first of the reconnects on', () => {
    expect(said(noneTwice, twice(missing(begun())))).toEqual(TWICE);
    expect(said(noneTwice, cameBack(twice(missing(begun()))))).toEqual(TWICE);
    expect(said(noneTwice, missing(twice(begun())))).toEqual(['kept: agent_thinking']);
  });
});

describe('the order of what was missed', () => {
  const stamped = (...events: readonly (readonly [type: string, fields: Fields])[]): TimelineBuilder =>
    events.reduce((built, [type, fields]) => built.event(type, { ...fields }), missing(begun()));
  const kept = ['kept: agent_thinking'];
  const first = (type: string, ms: number, before: string): readonly string[] => [
    `${before} before ${type}: ${type}, stamped ${ms} ms later, came first (run run-1) [${type}, ${before}]`,
  ];

  it('may be overtaken by a moment, and by as much as the coarser of two stamps hides', () => {
    const two = (ms: number) => stamped(['tool_executing', at(5100)], ['tool_completed', at(5100 - ms)]);
    expect(said(inOrder, two(21))).toEqual(kept);
    expect(said(inOrder, two(22))).toEqual(first('tool_executing', 22, 'tool_completed'));
    const coarse = { timestamp: '2026-01-01T00:00:05Z' };
    expect(said(inOrder, stamped(['tool_executing', at(5900)], ['tool_completed', coarse]))).toEqual(kept);
  });

  it('is measured by the newest, and by the first that has its stamp', () => {
    const steps = stamped(['tool_executing', at(5100)], ['tool_completed', at(5085)], ['agent_completed', at(5070)]);
    expect(said(inOrder, steps)).toEqual(first('tool_executing', 30, 'agent_completed'));
    const alike = stamped(['tool_executing', at(5100)], ['tool_completed', at(5100)], ['agent_completed', at(5070)]);
    expect(said(inOrder, alike)).toEqual(first('tool_executing', 30, 'agent_completed'));
  });

  const call = (...types: readonly string[]): readonly object[] =>
    types.map((type) => ({ type, run_id: 'run-1', tool_name: 'query', execution_id: 'c-2' }));
  const whole = (built: TimelineBuilder): TimelineBuilder => built.event('tool_executing').event('tool_completed');

  it('of a call in one frame is that in the frame', () => {
    const framed = (...types: readonly string[]) => said(inOrder, whole(missing(begun())).received(call(...types)));
    expect(framed('tool_executing', 'tool_completed')).toEqual(kept);
    expect(framed('agent_thinking', 'tool_executing', 'tool_completed')).toEqual(kept);
    expect(framed('tool_executing', 'tool_error')).toEqual(kept);
    expect(framed('tool_completed', 'tool_executing')).toEqual([
      'tool_executing of query before its end: the end came first (run run-1) [received]',
    ]);
  });

  it('of a call that is the first of its turn is that in its frame too', () => {
    const built = asked().received(call('tool_completed', 'tool_executing'));
    expect(said(inOrder, missing(built))).toEqual([
      'tool_executing of query before its end: the end came first (run run-1) [received]',
    ]);
  });

  it('of a call without a name is told as such', () => {
    const nameless = { tool_name: null, execution_id: 'c-3' };
    const backwards = missing(begun()).event('tool_completed', nameless).event('tool_executing', nameless);
    expect(said(inOrder, backwards)).toEqual([
      'tool_executing of an unnamed tool before its end: the end came first (run run-1) [tool_completed, tool_executing]',
    ]);
  });
});
