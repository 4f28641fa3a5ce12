import { describe, expect, it } from 'vitest';
import { asked, open } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import { delivery, firstEvent, gap, tool, total, welcome } from './promptness.ts';

describe('what did not come', () => {
  it('is told with the turn where it ended, and left open where it was interrupted', () => {
    const interrupted = ['inconclusive: turn t1 was interrupted, so its silence proves nothing'];
    expect(said(total, asked().event('agent_started').settled('quiet'))).toEqual([
      'inconclusive: the last agent_completed did not come (run run-1)',
    ]);
    expect(said(total, asked().event('agent_started'))).toEqual(interrupted);
    expect(said(tool, asked().event('agent_started'))).toEqual(interrupted);
  });

  it('proves nothing where it was not waited for beyond its max', () => {
    const unproven = ['inconclusive: the first agent event did not come (turn t1)'];
    expect(said(firstEvent, asked().gaveUp('first-event', 500).settled('gave-up'))).toEqual(unproven);
    expect(said(firstEvent, asked().gaveUp('first-event', 1999).settled('gave-up'))).toEqual(unproven);
    expect(said(firstEvent, asked().gaveUp('first-event', 2500).settled('gave-up'))).toEqual([
      'the first agent event within 2000 ms: had not come after 2501 ms (turn t1) [asked, gave-up]',
    ]);
  });

  it('is told of the welcome of another connection too, whoever asked elsewhere', () => {
    const tab = asked().five().settled().on('tab', 'user', 'alice').opened();
    expect(said(welcome, tab)).toEqual(['inconclusive: a welcome did not come on session tab']);
  });
});

describe('what came late while we were late ourselves', () => {
  it('is excused once in each turn', () => {
    const late = (built: TimelineBuilder, type: string, lateByMs: number): TimelineBuilder =>
      built.wait(1800).stalled(lateByMs).event(type);
    const twice = late(late(asked().event('agent_started'), 'agent_thinking', 200), 'agent_completed', 300).settled();
    expect(said(gap, twice)).toEqual([
      'inconclusive: harness stalled 200 ms, so the next agent event proves nothing (run run-1)',
    ]);
  });

  it('is over by less than arrivals are stamped apart where the frames took us no longer than that', () => {
    const behind = (frames: number): TimelineBuilder => {
      const built = asked();
      for (let count = 1; count < frames; count += 1) built.received({ type: 'heartbeat', count });
      return built.wait(1990.5).event('agent_started').settled('quiet');
    };
    expect(said(firstEvent, behind(8))).toEqual([
      'inconclusive: the first agent event was over its max by less than arrivals are stamped apart (run run-1)',
    ]);
    expect(said(firstEvent, behind(9))).toEqual([
      'inconclusive: harness was busy with 11 frames, so the first agent event proves nothing (run run-1)',
    ]);
  });
});

describe('deliveries', () => {
  const at = (ms: number) => ({ timestamp: 1767225600000 + ms });
  const stamped = (): TimelineBuilder =>
    asked().event('agent_started', at(10)).event('agent_thinking', at(20)).event('agent_completed', at(30)).settled();

  it('are judged on the connections whose stamps can be compared alone', () => {
    const beside = stamped().on('bob').opened().welcomed().asked('t2').event('agent_started', { run_id: 'run-2' });
    expect(said(delivery, beside)).toEqual(['kept: agent_started, agent_thinking, agent_completed']);
  });

  it('are not judged of somebody who was never seen to get in', () => {
    const lost = timeline().asked().event('agent_started');
    expect(said(delivery, lost)).toEqual(['inconclusive: session alice never opened']);
  });

  it('are none where nothing came', () => {
    expect(said(delivery, open())).toEqual(['inconclusive: no event came on session alice']);
  });
});
