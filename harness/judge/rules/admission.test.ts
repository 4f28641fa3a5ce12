import { describe, expect, it } from 'vitest';
import { derivedRun, says } from '../../../fixtures/client-derived.ts';
import { said } from '../../../fixtures/said.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import { welcomed } from './admission.ts';

const started = { type: 'agent_started', run_id: 'r' };
const welcome = { type: 'connection_established' };
const opened = (): TimelineBuilder => timeline().opened();
const EXPECTED = 'a welcome on session alice before the first agent event';

describe('a welcome', () => {
  it('comes first where it is first in the frame of the first event', () => {
    expect(said(welcomed, opened().received([welcome, started]))).toEqual(['kept: received']);
    expect(said(welcomed, opened().received([started, welcome]))).toEqual([
      `${EXPECTED}: the first agent event came before it [received]`,
    ]);
  });

  it('comes first where it shares its frame with what is no event', () => {
    const beat = { type: 'heartbeat' };
    expect(said(welcomed, opened().received([beat, welcome]).received(started))).toEqual(['kept: received']);
  });

  it('comes first where its frame does, whatever came in between', () => {
    const beat = { type: 'heartbeat' };
    expect(said(welcomed, opened().received(beat).received(welcome).received(started))).toEqual([
      'kept: connection_established',
    ]);
    expect(said(welcomed, opened().received(beat).received(started).received(welcome))).toEqual([
      `${EXPECTED}: the first agent event came before it [agent_started, connection_established]`,
    ]);
  });

  it('is not owed before what the client says itself', () => {
    const run = derivedRun(opened().note(says('agent_started')));
    expect(welcomed.judge(run)).toEqual({
      outcome: 'inconclusive',
      reason: 'session alice was interrupted before a welcome',
    });
  });

  it('that never came is told with what came in its place', () => {
    expect(said(welcomed, opened().received(started))).toEqual([
      `${EXPECTED}: agent events came without one [agent_started]`,
    ]);
    expect(said(welcomed, opened().wait(300).closed(1006, '', 'fin'))).toEqual([
      `${EXPECTED}: never came within 300 ms, socket closed [opened, closed]`,
    ]);
    expect(said(welcomed, opened().gaveUp('welcome', 400).wait(5).note({ kind: 'pinged' }))).toEqual([
      `${EXPECTED}: never came within 400 ms, socket open [opened, gave-up]`,
    ]);
    expect(said(welcomed, opened().asked().wait(499).settled('quiet').note({ kind: 'pinged' }))).toEqual([
      `${EXPECTED}: never came within 500 ms, socket open [opened, settled]`,
    ]);
  });
});
