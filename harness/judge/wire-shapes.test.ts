import { describe, expect, it } from 'vitest';
import type { Frame } from '../../fixtures/frames/frame.ts';
import { WELCOMES, WIRE_RUNS } from '../../fixtures/frames.ts';
import { HEADER } from '../../fixtures/healthy.ts';
import { placed, runOf, type Timeline } from '../../fixtures/timeline.ts';
import type { Sighting } from '../timeline/observation.ts';
import { TurnProgress } from '../timeline/turn-progress.ts';
import { judge } from './judge.ts';
import { levelOf } from './rule.ts';

const NOISE: Sighting = { kind: 'received', text: '{"type":"heartbeat","data":{"connection_id":"main_1"}}' };
const UNKNOWN: Sighting = { kind: 'received', text: '{"type":"quality_report","data":{"score":1}}' };

/** One user who asks once and is answered by these frames, ten milliseconds apart. */
function answeredBy(frames: readonly Frame[], isNoisy = false): Timeline {
  const sightings: Sighting[] = [
    { kind: 'joined', persona: 'alice', role: 'user' },
    {
      kind: 'credentialed',
      source: 'simulate',
      subject: 'e2e-staging-2d677771',
      expiresAtMs: null,
      fingerprint: '01234567',
    },
    { kind: 'opened', attempt: 1, subprotocol: '', headers: {}, tookMs: 5 },
    { kind: 'received', text: JSON.stringify(WELCOMES.current) },
    { kind: 'asked', turn: 'alice#1', intendedAtMs: 1040 },
    { kind: 'sent', text: '{"type":"user_message","payload":{"run_id":"run-1","thread_id":"thread-1"}}' },
    { kind: 'pinged' },
    { kind: 'ponged' },
    ...frames.flatMap(({ text }): Sighting[] => {
      const received: Sighting = { kind: 'received', text };
      return isNoisy ? [NOISE, received, UNKNOWN] : [received];
    }),
    { kind: 'settled', turn: 'alice#1', because: 'quiet' },
    { kind: 'closing', code: 1000 },
    { kind: 'closed', code: 1000, reason: '', how: 'frame', socketCode: null },
  ];
  return {
    header: HEADER,
    observations: placed(sightings.map((sighting, at) => ({ session: 'alice', atMs: 1000 + at * 10, sighting }))),
  };
}

const outcomes = (timeline: Timeline) =>
  judge(runOf(timeline)).map(({ rule, ruling }) => [rule.id, levelOf(rule), ruling.outcome] as const);

describe.each(Object.entries<readonly Frame[]>(WIRE_RUNS))('a whole run in the shape %s', (_, frames) => {
  it('breaks no promise and leaves none open', () => {
    const bad = outcomes(answeredBy(frames)).filter(
      ([, level, outcome]) => level === 'MUST' && (outcome === 'fail' || outcome === 'inconclusive'),
    );
    expect(bad).toEqual([]);
  });

  it('is judged the same with heartbeats and unknown messages in between', () => {
    const quiet = outcomes(answeredBy(frames)).filter(([id]) => !id.startsWith('promptness/delivery'));
    const noisy = outcomes(answeredBy(frames, true)).filter(([id]) => !id.startsWith('promptness/delivery'));
    expect(noisy).toEqual(quiet);
  });

  it('brings a waiting turn to its end', () => {
    const progress = new TurnProgress('required');
    for (const { meanings } of runOf(answeredBy(frames)).turns.flatMap((turn) => turn.frames)) {
      for (const meaning of meanings) progress.see(meaning);
    }
    expect(progress.state()).not.toBe('waiting');
    expect(progress.missing()).toEqual([]);
  });
});
