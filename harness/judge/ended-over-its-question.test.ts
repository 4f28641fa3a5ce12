import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { tokenSession } from '../timeline/token-kinds.ts';
import { endedOverItsQuestion } from './ended-over-its-question.ts';

type Step = (built: TimelineBuilder) => TimelineBuilder;

/** alice has asked, and then an expired token was tried so. */
const tried = (step: Step): boolean => {
  const built = timeline().credentialed('mint').opened().welcomed().asked().left();
  return endedOverItsQuestion(step(built.on(tokenSession('expired'), 'probe', 'alice')).run(), 'expired');
};
const welcomed: Step = (built) => built.opened().welcomed();
const ended: Step = (built) => built.closed(1011, 'oops');

describe('a token that must be refused', () => {
  it('ended over its question where it was closed on for no reason that is known once it had asked', () => {
    expect(tried((built) => ended(welcomed(built).asked()))).toBe(true);
  });

  it('ended over its question where one of two went out', () => {
    const twice: Step = (built) => built.asked().note({ kind: 'asked', turn: 't2', intendedAtMs: 0 });
    expect(tried((built) => ended(twice(welcomed(built))))).toBe(true);
  });

  it.each([
    ['it asked nothing', (built) => ended(welcomed(built))],
    [
      'its question never went out',
      (built) => ended(welcomed(built).note({ kind: 'asked', turn: 't', intendedAtMs: 0 })),
    ],
    ['it was refused for itself', (built) => welcomed(built).asked().closed(1008)],
    ['it was closed on for another reason', (built) => welcomed(built).asked().closed(1013, 'circuit breaker open')],
    ['it was served', (built) => ended(welcomed(built).asked().event('agent_started'))],
    ['its connection stood', (built) => welcomed(built).asked()],
    ['its dial was answered with another refusal', (built) => built.refused(503)],
    ['it was not tried', (built) => built],
  ] as readonly (readonly [string, Step])[])('did not where %s', (_, step) => {
    expect(tried(step)).toBe(false);
  });

  it('did not where nobody thought of it', () => {
    expect(endedOverItsQuestion(timeline().opened().run(), 'expired')).toBe(false);
  });
});
