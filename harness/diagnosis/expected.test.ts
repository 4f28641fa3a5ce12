import { describe, expect, it } from 'vitest';
import { ruled } from '../../fixtures/ruled.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { nonEmpty } from '../kernel/list.ts';
import { cutByOurFault, refusedOnPurpose } from './expected.ts';

const closedAfter = (fault: string, ms: number) => {
  const run = timeline()
    .opened()
    .note({ kind: 'faulted', fault, towards: 'client' })
    .wait(ms)
    .closed(1006, '', 'fin')
    .run();
  return run.sessions.some(cutByOurFault);
};

describe('an end that a fault of ours asked for', () => {
  it.each([
    'sever',
    'cut',
    'reset',
    'drop',
    'close',
    'closing',
    'kill',
    'down',
    'restart',
    'stop',
    'blackhole',
    'stall',
    'freeze',
    'terminate',
    'disconnect',
  ])('is explained by %s, whenever it came', (fault) => {
    expect(closedAfter(fault, 60_000)).toBe(true);
  });

  it.each([
    [1000, true],
    [1001, false],
  ])('is explained by any other %i ms later: %s', (ms, is) => {
    expect(closedAfter('delay', ms)).toBe(is);
  });

  it('is explained by none that came later, or never', () => {
    const later = timeline()
      .opened()
      .closed(1006, '', 'fin')
      .note({ kind: 'faulted', fault: 'cut', towards: 'client' });
    expect(later.run().sessions.some(cutByOurFault)).toBe(false);
    const open = timeline().opened().note({ kind: 'faulted', fault: 'cut', towards: 'client' });
    expect(open.run().sessions.some(cutByOurFault)).toBe(false);
    expect(timeline().opened().run().sessions.some(cutByOurFault)).toBe(false);
  });
});

describe('a session that was refused on purpose', () => {
  const run = timeline()
    .refused(401)
    .on('bob')
    .opened()
    .closed(1008)
    .on('carol')
    .opened()
    .welcomed()
    .closed(1011)
    .run();
  const cites = (id: `${string}/${string}`, kind: string) => {
    const cited = nonEmpty(run.observations.filter((seen) => seen.kind === kind));
    if (cited === null) throw new Error(`no ${kind}`);
    return [...refusedOnPurpose(run, [ruled(id, { outcome: 'pass', evidence: cited })])];
  };

  it('is one whose refusal or end a kept promise of admission cites', () => {
    expect(cites('admission/refused', 'refused')).toEqual(['alice']);
    expect(cites('admission/refused', 'closed')).toEqual(['bob', 'carol']);
  });

  it('is none that is cited for its welcome, or by another promise', () => {
    expect(cites('admission/refused', 'received')).toEqual([]);
    expect(cites('closure/clean', 'closed')).toEqual([]);
  });

  it('is none where the promise is not kept', () => {
    expect([...refusedOnPurpose(run, [ruled('admission/refused', { outcome: 'not-applicable', reason: '' })])]).toEqual(
      [],
    );
  });
});
