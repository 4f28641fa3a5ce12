import { expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { exhaustionIn } from './exhaustion-in.ts';

const trouble = (code: string) => ({ phase: 'tcp', code, message: '' }) as const;
const counted = (exhausted: boolean): TimelineBuilder =>
  timeline().probe('own-resources', { ok: !exhausted, facts: { exhausted } }, 'configuration');

it.each<readonly [string, TimelineBuilder, string | null]>([
  ['a run without trouble', timeline().opened().welcomed(), null],
  ['a dial that was refused', timeline().failed({ code: 'ECONNREFUSED' }), null],
  ['a dial that got no descriptor', timeline().failed({ code: 'EMFILE' }), 'failed'],
  ['a dial that says so in words', timeline().failed({ message: 'too many open files' }), 'failed'],
  ['a probe that got none', timeline().probe('ping', { ok: false, trouble: trouble('ENFILE') }), 'probed'],
  ['a probe that was refused', timeline().probe('ping', { ok: false, trouble: trouble('ECONNREFUSED') }), null],
  ['descriptors that were counted and used up', counted(true), 'probed'],
  ['descriptors that were counted and left', counted(false), null],
  ['both, by the earlier', counted(true).failed({ code: 'EMFILE' }), 'probed'],
])('exhaustion is found in %s', (_what, built, kind) => {
  expect(exhaustionIn(built.run())?.kind ?? null).toBe(kind);
});
