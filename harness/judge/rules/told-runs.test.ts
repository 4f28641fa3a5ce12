import { describe, expect, it } from 'vitest';
import { answered, asked } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { allFive, completedLast, completedSuccessfully, inOrder, startedFirst } from './lifecycle.ts';

const leaving = (built: TimelineBuilder): TimelineBuilder => built.note({ kind: 'closing', code: 1000 });

describe('a missing event', () => {
  const never = (types: readonly string[], ms: number, socket: string, cited: string): readonly string[] =>
    types.map((type) => `${type}: never came (run run-1) within ${ms} ms, socket ${socket} [${cited}]`);

  it('is one of all five where the other half of a tool was used', () => {
    const optional = (...without: readonly string[]) =>
      asked()
        .with({ tools: 'optional' })
        .five(...without)
        .settled();
    expect(said(allFive, optional('tool_executing'))).toEqual(never(['tool_executing'], 41, 'open', 'asked, settled'));
    expect(said(allFive, optional('tool_completed'))).toEqual(never(['tool_completed'], 41, 'open', 'asked, settled'));
    expect(said(allFive, optional('tool_executing', 'tool_completed'))).toEqual([
      'kept: agent_started, agent_thinking, agent_completed',
    ]);
  });

  it('is none of a tool that nobody was to use, whatever came of it', () => {
    const used = asked().with({ tools: 'absent' }).five('tool_completed').settled();
    expect(said(allFive, used)).toEqual(['kept: agent_started, agent_thinking, tool_executing, agent_completed']);
  });

  it('is told with a socket that was closed before we gave up', () => {
    const lacking = asked().five('agent_thinking').closed(1006, '', 'fin').wait(100).settled('gave-up');
    expect(said(allFive, lacking)).toEqual(never(['agent_thinking'], 141, 'closed', 'asked, settled'));
    const left = asked().five('agent_thinking').settled('quiet').closed(1006, '', 'fin');
    expect(said(allFive, left)).toEqual(never(['agent_thinking'], 41, 'open', 'asked, settled'));
  });

  const cut = (built: TimelineBuilder): TimelineBuilder =>
    built.note({ kind: 'faulted', fault: 'sever', towards: 'server' }).closed(1006, '', 'local').wait(300);
  const back = (built: TimelineBuilder, persona: string, turn: string): TimelineBuilder =>
    built.note({ kind: 'joined', persona, role: 'user' }).opened().note({ kind: 'resumed', turn }).welcomed();

  it('is told with the socket of the connection on which its own user went on with the question', () => {
    const went = back(cut(asked().five('agent_thinking')), 'alice', 't1').settled('quiet');
    expect(said(allFive, went)).toEqual(never(['agent_thinking'], 348, 'open', 'asked, settled'));
    const others = cut(asked().five('agent_thinking')).settled('quiet').on('bob').opened().welcomed().asked();
    const bobs = back(cut(others), 'bob', 't1').five().settled();
    expect(said(allFive, bobs)).toEqual(never(['agent_thinking'], 341, 'closed', 'asked, settled'));
  });

  it('is told with the socket it was asked on where the user went on with another question', () => {
    const first = cut(asked().five('agent_thinking').asked('t2')).settled('quiet');
    const second = back(first, 'alice', 't2').five().settled('complete', 't2');
    expect(said(allFive, second)).toEqual(never(['agent_thinking'], 342, 'closed', 'asked, settled'));
  });
});

describe('the beginning of a run', () => {
  it('is told with what came before it', () => {
    expect(said(startedFirst, asked().event('agent_thinking').event('agent_started'))).toEqual([
      'agent_started first: agent_thinking came before it (run run-1) [agent_thinking, agent_started]',
    ]);
    expect(said(startedFirst, asked().event('agent_thinking'))).toEqual([
      'inconclusive: agent_started did not come (run run-1)',
    ]);
    expect(said(startedFirst, asked().five())).toEqual(['kept: agent_started']);
  });
});

describe('the order of a run', () => {
  it('is told by what came first', () => {
    expect(said(inOrder, asked().event('agent_completed').event('agent_started'))).toEqual([
      'agent_started before agent_completed: agent_completed came first (run run-1) [agent_completed, agent_started]',
    ]);
  });

  it('needs two types of events to be one', () => {
    expect(said(inOrder, asked().event('agent_started').event('agent_started', { agent_name: 'other' }))).toEqual([
      'inconclusive: fewer than two types of agent events came (run run-1)',
    ]);
    expect(said(inOrder, asked().event('agent_started').event('agent_thinking'))).toEqual([
      'kept: agent_started, agent_thinking',
    ]);
  });
});

describe('the end of a run', () => {
  const AFTER =
    'nothing after agent_completed: agent_thinking came after it (run run-1) [agent_completed, agent_thinking]';

  it('is followed by no event, but for what comes when we leave and what says that it is sent again', () => {
    expect(said(completedLast, answered().event('agent_thinking', { thought: 'more' }))).toEqual([AFTER]);
    expect(said(completedLast, leaving(answered().event('agent_thinking', { thought: 'more' })))).toEqual([AFTER]);
    const late = leaving(answered()).event('agent_thinking', { thought: 'more' }).closed(1000);
    expect(said(completedLast, late)).toEqual(['kept: agent_completed']);
    expect(said(completedLast, answered().event('agent_thinking', { attempt: 2 }))).toEqual(['kept: agent_thinking']);
  });

  it('is none where no agent_completed came', () => {
    expect(said(completedLast, asked().event('agent_started'))).toEqual([
      'inconclusive: agent_completed did not come (run run-1)',
    ]);
  });

  it('is shown by a close frame, and by a second until we left', () => {
    const pinged = (): TimelineBuilder => answered().note({ kind: 'pinged' });
    const unwatched = ['inconclusive: nothing shows that session alice was watched after agent_completed (run run-1)'];
    expect(said(completedLast, pinged().closed(1000))).toEqual(['kept: closed']);
    expect(said(completedLast, leaving(pinged().wait(1000)))).toEqual(['kept: closing']);
    expect(said(completedLast, leaving(pinged().wait(999)))).toEqual(unwatched);
    expect(said(completedLast, leaving(pinged()).closed(1000))).toEqual(unwatched);
  });
});

describe('the success of a run', () => {
  const EXPECTED = 'an agent_completed that says success';

  it('is denied by the completion itself, by a failure and by an answer in its place', () => {
    expect(said(completedSuccessfully, asked().event('agent_completed', { status: 'failed' }))).toEqual([
      `${EXPECTED}: agent_completed says "failed" (run run-1) [agent_completed]`,
    ]);
    const failed = asked().event('agent_started').received({ type: 'agent_failed', message: 'no quota' });
    expect(said(completedSuccessfully, failed)).toEqual([
      `${EXPECTED}: agent_failed: no quota (run run-1) [agent_failed]`,
    ]);
    const canned = asked().event('agent_started').received({ type: 'agent_fallback', message: 'canned' });
    expect(said(completedSuccessfully, canned)).toEqual([
      'an answer by the agent: agent_fallback answered in its place (run run-1) [agent_fallback]',
    ]);
  });

  it('is denied by an error that came before we gave up, and not by one that came after', () => {
    const error = { type: 'error', message: 'the agent broke' };
    const begun = asked().event('agent_started');
    expect(said(completedSuccessfully, begun.received(error).gaveUp().settled('gave-up'))).toEqual([
      `${EXPECTED}: error without a code: the agent broke [error]`,
    ]);
    expect(
      said(completedSuccessfully, asked().event('agent_started').gaveUp().received(error).settled('gave-up')),
    ).toEqual(['inconclusive: agent_completed did not come (run run-1)']);
  });
});
