import { describe, expect, it } from 'vitest';
import { said } from '../../../fixtures/said.ts';
import { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { tokenSession } from '../../timeline/token-kinds.ts';
import { STAYS_MS, WATCH_MS } from '../token-fate.ts';
import { refusals } from './refusals.ts';

type Step = (built: TimelineBuilder) => TimelineBuilder;

const nothing: Step = (built) => built;
const good: Step = (built) => built.on('alice').opened().welcomed().wait(STAYS_MS).left();
const refused: Step = (built) => built.refused(401);
/** What is said of an expired token that was tried so between these. */
const between = (before: Step, step: Step, after: Step): readonly string[] => {
  const tried = step(before(new TimelineBuilder()).on(tokenSession('expired'), 'probe', 'alice'));
  return said(refusals.refusesExpired, after(tried));
};

describe('a token that was refused', () => {
  it('was refused for itself where the good one was let in before and after it', () => {
    expect(between(good, refused, good)).toEqual(['kept: refused, connection_established, connection_established']);
  });

  it('need not have been refused for itself where the good one was not let in before, or not again', () => {
    const need = (when: string): readonly string[] => [
      `inconclusive: it was refused, but the good token was not let in ${when}, so it need not be the token`,
    ];
    expect(between(nothing, refused, good)).toEqual(need('before it'));
    expect(between(good, refused, nothing)).toEqual(need('again after it'));
    expect(between(nothing, refused, nothing)).toEqual(need('before it'));
  });
});

describe('a token that was let in', () => {
  const stays: Step = (built) => built.wait(WATCH_MS).left();

  it('is told with whom the welcome names, where it names somebody', () => {
    const named: Step = (built) =>
      stays(
        built
          .opened()
          .wait(2)
          .received({ type: 'connection_established', data: { user_id: 'alice' } }),
      );
    const how = `welcomed 2 ms after it opened, and open ${WATCH_MS} ms later [connection_established, closing]`;
    expect(between(good, named, good)).toEqual([`a token that has expired to be refused: let in as alice: ${how}`]);
    expect(between(good, (built) => stays(built.opened().welcomed()), good)).toEqual([
      `a token that has expired to be refused: let in: ${how}`,
    ]);
  });
});
