import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { broken, doubt, eachListener, eachSession, eachTurn, kept, rulingOf } from './finding.ts';

const [joined, opened] = timeline().dialled().observations();
const evidence = [joined, opened].flatMap((seen) => (seen ? [seen] : []));
const shown = evidence.map(kept);
const violated = broken('this', 'that', joined, null, undefined, joined, opened);

describe('a ruling over findings', () => {
  it('fails by every broken promise, whatever else is found', () => {
    const violation = { expected: 'this', actual: 'that', at: [0, 1] };
    expect(rulingOf([...shown, doubt('a'), violated, violated])).toEqual({
      outcome: 'fail',
      violations: [violation, violation],
    });
  });

  it('passes with all evidence where nothing else is found', () => {
    expect(rulingOf(shown)).toEqual({ outcome: 'pass', evidence });
  });

  it('stays open by any doubt, each told once, the first three in full', () => {
    const reason = (...doubts: readonly string[]) => rulingOf([...shown, ...doubts.map(doubt)]);
    expect(reason('a', 'a', 'b', 'c')).toEqual({ outcome: 'inconclusive', reason: 'a; b; c' });
    expect(reason('a', 'b', 'c', 'd')).toEqual({ outcome: 'inconclusive', reason: 'a; b; c; and 1 more' });
  });

  it('looks at what was kept, what was broken and what is in doubt', () => {
    const kinds = [...evidence.map(kept), violated, doubt('a')].map(({ kind }) => kind);
    expect(kinds).toEqual(['kept', 'kept', 'broken', 'doubt']);
  });

  it('stays open where nothing is found at all', () => {
    expect(rulingOf([])).toEqual({ outcome: 'inconclusive', reason: 'there was nothing to look at' });
  });
});

/** alice asks, is cut off and comes back, with another tab beside; bob asks nothing; carol never gets in. */
const company = timeline()
  .opened()
  .welcomed()
  .asked()
  .closed(1006, '', 'local')
  .note({ kind: 'joined', persona: 'alice', role: 'user' })
  .opened()
  .note({ kind: 'resumed', turn: 't1' })
  .on('tab', 'user', 'alice')
  .opened()
  .on('bob')
  .opened()
  .on('carol')
  .refused(503);
const some = company.run();
const all = company.with({ rules: ['wire/decodes'] }).run();

describe('the findings of every connection', () => {
  it('leave out who never got in where a rule about getting in tells of that', () => {
    const looked = eachSession(some, ({ session }) => [doubt(session)]);
    expect(looked).toEqual(['alice', 'alice', 'tab', 'bob'].map(doubt));
    expect(eachSession(all, () => []).map((one) => one.kind)).toEqual(['doubt']);
  });

  it('leave out the silence alone of another connection of somebody who asked', () => {
    const silent = eachListener(some, ({ session }) => [doubt(session)]);
    expect(silent).toEqual(['alice', 'alice', 'bob'].map(doubt));
    const spoken = eachListener(some, () => [...shown, violated, doubt('silence')]);
    const told = [...shown, violated, doubt('silence')];
    expect(spoken).toEqual([...told, ...told, ...shown, violated, ...told]);
  });
});

describe('the findings of every question', () => {
  it('leave open what somebody who asked nothing would have seen, and nothing on a connection beside', () => {
    const looked = eachTurn(some, ({ turn }, { session }) => [doubt(`${turn} of ${session}`)]);
    expect(looked).toEqual(['t1 of alice', 'session bob asked nothing'].map(doubt));
  });
});
