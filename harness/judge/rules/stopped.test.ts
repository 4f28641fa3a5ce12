import { describe, expect, it } from 'vitest';
import { all, budgeted, followed, type Mutation, stalled, without } from '../../../fixtures/mutations.ts';
import { bob, reason, ruling, until } from '../../../fixtures/rulings.ts';

const pong = (...harms: readonly Mutation[]) => ruling('liveness/answers-pings', ...harms);
/** The connection ended so long after our ping, of which this process was late by so much. */
const ended = (ms: number, lateByMs: number, how: 'fin' | 'timeout' = 'fin') =>
  all(
    until('ponged', 'bob'),
    followed(bob('pinged'), { kind: 'closed', code: 1006, reason: '', how, socketCode: null }, ms),
    followed(bob('pinged'), { kind: 'stalled', lateByMs, frozen: true }, lateByMs + 1),
  );

describe('a pong that did not come to a process that was stopped', () => {
  it('proves nothing where the connection was taken away meanwhile, and does where there was time besides', () => {
    expect(reason(pong(ended(5000, 4900)))).toBe('inconclusive: session bob was closed before a pong could come');
    expect(pong(ended(5000, 3000)).outcome).toBe('fail');
  });

  it('proves nothing where the network gave the connection up, unless there was time besides', () => {
    expect(reason(pong(ended(5000, 4900, 'timeout')))).toBe(
      'inconclusive: harness stalled 4900 ms, so no pong on session bob proves nothing',
    );
    expect(pong(ended(5000, 3000, 'timeout')).outcome).toBe('fail');
  });

  it('says enough where a pong had a second of our own time, however long a connection may take', () => {
    const patient = (ms: number, lateByMs: number) =>
      pong(all(budgeted('connect', 20_000), ended(ms, lateByMs, 'timeout')));
    expect(patient(2000, 80).outcome).toBe('fail');
    expect(patient(2000, 1500).outcome).toBe('inconclusive');
  });

  it('is stood for by an earlier one', () => {
    const again = (lateByMs: number) =>
      all(
        without(bob('closing')),
        without(bob('closed')),
        followed(bob('settled'), { kind: 'pinged' }, 5),
        followed(bob('settled'), { kind: 'closing', code: 1000 }, 3005),
        followed(bob('settled'), { kind: 'stalled', lateByMs, frozen: true }, lateByMs + 6),
      );
    expect(pong(again(2500)).outcome).toBe('pass');
    expect(pong(again(60)).outcome).toBe('fail');
  });
});

describe('what came in time by a clock that stood still while the machine slept', () => {
  const slept = (sleptMs: number): Mutation =>
    followed(bob('agent_started'), { kind: 'stalled', lateByMs: sleptMs, frozen: true, sleptMs }, 0);

  it('proves nothing where it was late by the sleep, and is in time where it was not', () => {
    expect(reason(ruling('promptness/first-event', slept(60_000)))).toMatch(
      /^inconclusive: harness stalled 60000 ms, so the first agent event proves nothing/,
    );
    expect(ruling('promptness/first-event', slept(300)).outcome).toBe('pass');
    expect(ruling('promptness/first-event').outcome).toBe('pass');
  });

  it('is not made late by a stall that the clock did count', () => {
    expect(ruling('promptness/first-event', stalled(bob('agent_started'), 60_000)).outcome).toBe('pass');
  });

  it('leaves a silence alone that was watched for too short a time', () => {
    const short = all(budgeted('first-event', 100_000), slept(60_000));
    expect(ruling('promptness/first-event', short).outcome).toBe('pass');
  });
});
