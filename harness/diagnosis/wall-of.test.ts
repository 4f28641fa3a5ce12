import { expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { wallOf } from './wall-of.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');

it('is the time of the beginning, what passed since, and how long the machine slept until then', () => {
  const run = timeline()
    .with({ startedAt: new Date(START).toISOString() })
    .wait(10)
    .opened()
    .note({ kind: 'stalled', lateByMs: 0, frozen: true, sleptMs: 60_000 })
    .received('{}')
    .wait(5)
    .stalled(20)
    .received('{}')
    .run();
  const walls = run.observations.map((seen) => [seen.kind, wallOf(run, seen) - START]);
  expect(walls).toEqual([
    ['joined', 0],
    ['dialled', 10],
    ['opened', 60_015],
    ['stalled', 60_015],
    ['received', 60_015],
    ['stalled', 60_040],
    ['received', 60_040],
  ]);
});
