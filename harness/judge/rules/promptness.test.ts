import { describe, expect, it } from 'vitest';
import {
  all,
  budgeted,
  delayed,
  edited,
  followed,
  heldUp,
  silenced,
  stalled,
  without,
} from '../../../fixtures/mutations.ts';
import { actuals, bob, declared, only, reason, retold, reworded, ruling, until } from '../../../fixtures/rulings.ts';
import type { Timeline } from '../../../fixtures/timeline.ts';

const stampIn = ({ timestamp }: { readonly [name: string]: unknown }): number =>
  typeof timestamp === 'number' ? timestamp : Number.NaN;

describe('an arrival over its max', () => {
  const late = delayed(bob('agent_started'), 2300);

  it('is told with how late it came', () => {
    expect(ruling('promptness/first-event', late)).toMatchObject({
      violations: [
        {
          expected: 'the first agent event within 2000 ms',
          actual: 'came after 2312 ms, 312 ms late (run run_agent_3_d0)',
        },
      ],
    });
  });

  it('proves nothing when this process was as late itself, and does when it was not', () => {
    expect(reason(ruling('promptness/first-event', late, stalled(bob('agent_started'), 400)))).toBe(
      'inconclusive: harness stalled 400 ms, so the first agent event proves nothing (run run_agent_3_d0)',
    );
    expect(ruling('promptness/first-event', late, stalled(bob('agent_started'), 230)).outcome).toBe('fail');
    expect(ruling('promptness/first-event', late, stalled(bob('joined'), 4000)).outcome).toBe('fail');
  });

  it('proves nothing when stalls in a row were as late together, and does when they stood apart', () => {
    const two = (apartMs: number) =>
      all(
        followed(bob('agent_started'), { kind: 'stalled', lateByMs: 120, frozen: false }, 0),
        followed(bob('agent_started'), { kind: 'stalled', lateByMs: 120, frozen: false }, -120 - apartMs),
      );
    expect(ruling('promptness/first-event', late, two(30)).outcome).toBe('inconclusive');
    expect(ruling('promptness/first-event', late, two(200)).outcome).toBe('fail');
  });

  it('proves nothing in a flood that it takes us as long to read, and does behind a few frames', () => {
    const flood =
      (frames: number) =>
      (timeline: Timeline): Timeline => {
        const began = timeline.observations.find((seen) => seen.session === 'bob' && seen.kind === 'asked');
        const beats = Array.from({ length: frames }, (_, at) => ({
          session: 'carol',
          kind: 'received' as const,
          text: '{"type":"heartbeat"}',
          atMs: (began?.atMs ?? 0) + at / 100,
          seq: 0,
        }));
        return retold([...timeline.observations, ...beats])(timeline);
      };
    expect(reason(ruling('promptness/first-event', late, flood(4000)))).toMatch(
      /^inconclusive: harness was busy with 40\d\d frames, so the first agent event proves nothing/,
    );
    expect(ruling('promptness/first-event', late, flood(2000)).outcome).toBe('fail');
  });

  it('by less than arrivals are stamped apart proves nothing', () => {
    expect(reason(ruling('promptness/first-event', budgeted('first-event', 11.5)))).toMatch(
      /^inconclusive: the first agent event was over its max by less than arrivals are stamped apart/,
    );
  });

  it('that never came is told as silence', () => {
    expect(actuals(ruling('promptness/gap', silenced(bob('tool_executing'), 'bob#1', 15_500)))).toEqual([
      'had not come after 15500 ms (run run_agent_3_d0)',
    ]);
  });

  it('is of a welcome too, when the wait for it was given up', () => {
    const gaveUp = followed(bob('opened'), { kind: 'gave-up', waitingFor: 'welcome', afterMs: 1500 }, 1500);
    const never = all(until('asked', 'bob'), without(bob('welcome')), gaveUp);
    expect(actuals(ruling('promptness/welcome', never))).toEqual(['had not come after 1500 ms (session bob)']);
    expect(actuals(ruling('admission/welcomed', never))).toEqual(['never came within 1500 ms, socket open']);
  });
});

describe('delivery', () => {
  it('is not judged where the profile stamps nothing, or the stamps tell nothing', () => {
    expect(reason(ruling('promptness/delivery', declared({ stamps: false })))).toBe(
      'not-applicable: the profile stamps no events',
    );
    const coarse = reworded((text) => text.replaceAll(/"timestamp":[\d.]+/g, '"timestamp":1767225600'));
    expect(reason(ruling('promptness/delivery', coarse))).toBe(
      'not-applicable: fewer than three events of a connection carry stamps of their own that are finer than a second',
    );
  });

  it('that is slow is told with how slow it was', () => {
    expect(actuals(ruling('promptness/delivery', heldUp(bob('agent_completed'), 2300)))).toEqual([
      'came after 2300 ms, 300 ms late (session bob)',
    ]);
  });

  it('is not judged by stamps that cannot be of one clock', () => {
    const behind = edited(bob('tool_executing'), (message) => ({ ...message, timestamp: stampIn(message) - 3 }));
    expect(reason(ruling('promptness/delivery', behind))).toMatch(
      /^not-applicable: the stamps are not of one clock: tool_executing is stamped 29\d\d ms before it was asked for/,
    );
    expect(reason(ruling('promptness/delivery', behind, heldUp(bob('agent_completed'), 2300)))).toMatch(
      /^not-applicable: the stamps are not of one clock/,
    );
  });

  it('stays open where no event came at all', () => {
    expect(reason(ruling('promptness/delivery', only('bob'), silenced(bob('sent'), 'bob#1', 20_000)))).toBe(
      'inconclusive: no event came on session bob',
    );
  });
});
