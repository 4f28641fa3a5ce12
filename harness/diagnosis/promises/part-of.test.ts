import { expect, it } from 'vitest';
import { broken } from '../../../fixtures/ruled.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import { partOf } from './part-of.ts';

const run = timeline().opened().welcomed().asked().on('bob').opened().welcomed().asked('t2').run();
const seqOf = (persona: string) => run.users.find((user) => user.persona === persona)?.observations[0]?.seq ?? -1;
const [hers, his] = [seqOf('alice'), seqOf('bob')];
const brokenTo = (persona: string, ...at: readonly number[]) =>
  partOf(run, [broken('wire/decodes', 'MUST', at)], persona).ruled.length > 0;

it('holds what happened to one user, and nothing that happened between two or to nobody', () => {
  expect([brokenTo('alice', hers), brokenTo('bob', hers)]).toEqual([true, false]);
  expect([brokenTo('alice', hers, his), brokenTo('bob', hers, his)]).toEqual([false, false]);
  expect([brokenTo('alice'), brokenTo('bob')]).toEqual([false, false]);
});
