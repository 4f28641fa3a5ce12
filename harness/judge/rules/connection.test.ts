import { describe, expect, it } from 'vitest';
import { all, followed, type Mutation, without } from '../../../fixtures/mutations.ts';
import { actuals, bob, reason, ruling, until } from '../../../fixtures/rulings.ts';

describe('a connection', () => {
  it('that was interrupted before its welcome proves nothing', () => {
    const cut = until('received', 'bob');
    expect(reason(ruling('admission/welcomed', cut))).toBe(
      'inconclusive: session bob was interrupted before a welcome',
    );
    expect(ruling('wire/decodes', cut).outcome).toBe('inconclusive');
  });

  it('that closed before its welcome was not welcomed', () => {
    const gone = all(
      until('received', 'bob'),
      followed(bob('opened'), { kind: 'closed', code: 1011, reason: 'not ready', how: 'frame', socketCode: null }, 40),
    );
    expect(actuals(ruling('admission/welcomed', gone))).toEqual(['never came within 40 ms, socket closed']);
  });

  it('whose events came without any welcome was not welcomed', () => {
    expect(actuals(ruling('admission/welcomed', without(bob('welcome'))))).toEqual(['agent events came without one']);
  });

  const closedAfter = (ms: number, how: 'fin' | 'timeout') =>
    all(
      until('ponged', 'bob'),
      followed(bob('pinged'), { kind: 'closed', code: 1006, reason: '', how, socketCode: null }, ms),
    );

  it('that was taken away before a pong could come was not deaf', () => {
    expect(reason(ruling('liveness/answers-pings', closedAfter(50, 'fin')))).toBe(
      'inconclusive: session bob was closed before a pong could come',
    );
    expect(ruling('liveness/answers-pings', closedAfter(5000, 'fin')).outcome).toBe('fail');
    expect(ruling('liveness/answers-pings', closedAfter(50, 'timeout')).outcome).toBe('fail');
  });

  it('that was interrupted at once after the ping, or was sent none, proves nothing', () => {
    expect(ruling('liveness/answers-pings', until('ponged', 'bob')).outcome).toBe('inconclusive');
    expect(reason(ruling('liveness/answers-pings', without(bob('pinged'))))).toBe(
      'inconclusive: no ping was sent on session bob',
    );
  });

  it('that answered once is not deaf where the next pong could not come, and is where it could', () => {
    const again = (...harms: readonly Mutation[]) =>
      ruling('liveness/answers-pings', followed(bob('settled'), { kind: 'pinged' }, 5), ...harms).outcome;
    const open = all(without(bob('closing')), without(bob('closed')));
    const endedAfter = (ms: number) =>
      all(
        open,
        followed(bob('settled'), { kind: 'closed', code: 1001, reason: '', how: 'frame', socketCode: null }, ms),
      );
    expect([again(), again(open), again(endedAfter(50))]).toEqual(['pass', 'pass', 'pass']);
    expect(again(endedAfter(5000))).toBe('fail');
    expect(again(open, followed(bob('settled'), { kind: 'closing', code: 1000 }, 2005))).toBe('fail');
  });

  it('that is still open has not been closed, well or badly', () => {
    expect(reason(ruling('closure/clean', until('closing', 'bob')))).toBe('inconclusive: session bob was still open');
    expect(actuals(ruling('closure/clean', until('closed', 'bob')))).toEqual(['none came']);
  });
});
