import { expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { interruptionOf } from './interruption.ts';

const noted = (topic: string): TimelineBuilder => timeline().note({ kind: 'noted', topic, text: 'SIGINT' });

it.each<readonly [string, TimelineBuilder, string | null]>([
  ['a run that goes on', timeline().opened().welcomed(), null],
  ['a signal that was noted', noted('interrupted'), 'noted'],
  ['anything else that was noted', noted('isolation'), null],
  ['a wait that was cut short', timeline().gaveUp('gap (interrupted)'), 'gave-up'],
  ['a wait that came to its end', timeline().gaveUp('gap'), null],
  ['a wait for what was uninterrupted', timeline().gaveUp('uninterrupted'), null],
  ['both, by the earlier', noted('interrupted').gaveUp('interrupted'), 'noted'],
])('an interruption is found in %s', (_what, built, kind) => {
  expect(interruptionOf(built.run())?.kind ?? null).toBe(kind);
});
