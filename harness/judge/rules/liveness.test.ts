import { describe, expect, it } from 'vitest';
import { open } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { answersPings } from './liveness.ts';

/** What is said once alice was pinged, after a ping that was answered or not. */
const pinged = (step: (built: TimelineBuilder) => TimelineBuilder, earlier = false): readonly string[] => {
  const built = earlier ? open().note({ kind: 'pinged' }).wait(1).note({ kind: 'ponged' }).wait(5) : open();
  return said(answersPings, step(built.wait(1).note({ kind: 'pinged' })));
};
const none = (ms: number, cited: string): readonly string[] => [
  `a pong on session alice: none came within ${ms} ms [${cited}]`,
];
const tookAway = ['inconclusive: session alice was closed before a pong could come'];
const cutShort = ['inconclusive: session alice was interrupted before a pong could come'];

describe('a ping', () => {
  it('is answered by the first pong after it', () => {
    expect(pinged((built) => built.wait(5000).note({ kind: 'ponged' }))).toEqual(['kept: ponged']);
  });

  it('is waited for until we leave, however long the end then takes', () => {
    const leaving = (ms: number) => (built: TimelineBuilder) => built.wait(ms).note({ kind: 'closing', code: 1000 });
    expect(pinged((built) => leaving(1500)(built).wait(1500).closed(1000))).toEqual(none(1500, 'pinged, closing'));
    expect(pinged(leaving(50))).toEqual(none(50, 'pinged, closing'));
  });

  it('proves nothing where the connection was taken away before a pong was due, or the recording ended', () => {
    const away = (ms: number) => (built: TimelineBuilder) => built.wait(ms).closed(1006, '', 'fin');
    expect(pinged(away(2000))).toEqual(tookAway);
    expect(pinged(away(2001))).toEqual(none(2001, 'pinged, closed'));
    const ends = (ms: number) => (built: TimelineBuilder) =>
      built.wait(ms).note({ kind: 'noted', topic: 'x', text: '' });
    expect(pinged(ends(2000))).toEqual(cutShort);
    expect(pinged(ends(2001))).toEqual(none(2001, 'pinged, noted'));
    expect(pinged((built) => built)).toEqual(cutShort);
  });

  it('is stood for by an earlier pong where we left within a second, and not where the network gave up', () => {
    const leaving = (ms: number) => (built: TimelineBuilder) =>
      built.received({ type: 'heartbeat' }).wait(ms).note({ kind: 'closing', code: 1000 });
    expect(pinged(leaving(999), true)).toEqual(['kept: ponged']);
    expect(pinged(leaving(1000), true)).toEqual(none(1000, 'pinged, closing'));
    const lost = pinged((built) => built.wait(500).closed(1006, '', 'timeout'), true);
    expect(lost).toEqual(none(500, 'pinged, closed'));
  });

  it('proves nothing where we stood still for all but a second', () => {
    // A stall of 400 ms may have cost us 470.
    const stalled = (ms: number) => (built: TimelineBuilder) =>
      built
        .stalled(400)
        .wait(ms - 400)
        .closed(1006, '', 'timeout');
    expect(pinged(stalled(1470))).toEqual([
      'inconclusive: harness stalled 400 ms, so no pong on session alice proves nothing',
    ]);
    expect(pinged(stalled(1471))).toEqual(none(1471, 'pinged, closed'));
  });
});

describe('an answer that came whole after our ping', () => {
  const served = (built: TimelineBuilder, ...without: readonly string[]): TimelineBuilder =>
    built
      .note({ kind: 'asked', turn: 't1', intendedAtMs: 1010 })
      .wait(3000)
      .five(...without);

  it('shows by its last event that the target lived, where it closed in order', () => {
    expect(pinged((built) => served(built).closed(1006, '', 'fin'))).toEqual(['kept: agent_completed']);
  });

  it('shows nothing where it lacks an event, or a reset ended it', () => {
    const lacking = pinged((built) => served(built, 'agent_thinking').closed(1006, '', 'fin'));
    expect(lacking).toEqual(none(3040, 'pinged, closed'));
    expect(pinged((built) => served(built).closed(1006, '', 'reset'))).toEqual(none(3050, 'pinged, closed'));
  });
});
