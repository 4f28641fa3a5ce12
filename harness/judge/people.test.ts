import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { Askers } from './askers.ts';
import { People } from './people.ts';

const begins = (of: TimelineBuilder, user_id: string, more: object = {}) =>
  of.event('agent_started', { user_id, ...more });
const joins = (of: TimelineBuilder) => of.opened().welcomed().asked();

/** The people of each connection by number, in order of appearance. */
const people = (built: TimelineBuilder): readonly number[] => {
  const run = built.run();
  const known = new People(run);
  const keys = run.sessions.map((session) => known.of(session));
  return keys.map((key) => [...new Set(keys)].indexOf(key));
};
/** The ids that each connection was shown, and how often. */
const shown = (built: TimelineBuilder) => {
  const run = built.run();
  const known = new People(run);
  return run.sessions.map((session) => known.userIds(session).map(({ id, at }) => [id, at.length]));
};

describe('two connections', () => {
  const two = (alice: string, bob: string) => begins(joins(begins(joins(timeline()), alice).on('bob')), bob);

  it('are two people where nobody says who they are', () => {
    expect(people(joins(joins(timeline()).on('bob')))).toEqual([0, 1]);
    expect(people(two('u-1', 'u-2'))).toEqual([0, 1]);
  });

  it('are one person by their persona, their subject or the one id that both are shown', () => {
    expect(people(joins(timeline()).on('alice#2', 'user', 'alice').opened())).toEqual([0, 0]);
    const sub = { kind: 'credentialed', source: 'mint', subject: 's', expiresAtMs: null, fingerprint: '' } as const;
    expect(people(timeline().note(sub).opened().on('bob').note(sub).opened())).toEqual([0, 0]);
    expect(people(two('u-1', 'u-1'))).toEqual([0, 0]);
  });

  it('are two where one of them is shown a second id', () => {
    expect(people(begins(two('u-1', 'u-1'), 'u-2'))).toEqual([0, 1]);
  });

  it('are two where both are shown the subject of one', () => {
    const crossed = joins(
      begins(joins(timeline().credentialed('mint')), 'alice')
        .on('bob')
        .credentialed('mint'),
    );
    expect(people(begins(crossed, 'alice'))).toEqual([0, 1]);
  });
});

describe('the user ids of a connection', () => {
  it('come with where they are, the most frequent first', () => {
    const ids = ['u-1', 'u-2', 'u-3', 'u-2', 'u-3', 'u-3'];
    expect(shown(ids.reduce((built, id) => begins(built, id), joins(timeline())))).toEqual([
      [
        ['u-3', 3],
        ['u-2', 2],
        ['u-1', 1],
      ],
    ]);
  });

  it('are known of a probe only where its token says whose it is', () => {
    const probe = () => timeline('ladder', 'probe');
    expect(shown(begins(joins(probe().credentialed('mint')), 'u-1'))).toEqual([[['u-1', 1]]]);
    expect(shown(begins(joins(probe()), 'u-1'))).toEqual([[]]);
  });

  it.each([
    ['cut short', 'e2e-agen...', {}],
    ['a placeholder', 'unknown', {}],
    ['the event’s own run', 'r-7', { run_id: 'r-7' }],
    ['the event’s own thread', 't-7', { thread_id: 't-7' }],
    ['the event’s own request', 'q-7', { request_id: 'q-7' }],
    ['the address of its user', 'alice@example.com', {}],
  ])('are none that is %s', (_what, id, more) => {
    expect(shown(begins(joins(timeline().credentialed('mint')), id, more))).toEqual([[]]);
  });

  it('are none that its question carried', () => {
    const sent = JSON.stringify({ type: 'chat', payload: { thread_id: 't-7' } });
    const asked = () => joins(timeline().credentialed('mint')).note({ kind: 'sent', text: sent });
    expect(shown(begins(asked(), 't-7'))).toEqual([[]]);
    expect(shown(begins(asked(), 't-8'))).toEqual([[['t-8', 1]]]);
  });

  it.each([
    ['another’s address', 'bob@example.com', {}],
    ['begins like its user', 'alice2', {}],
    ['its user, and its thread as well', 'alice', { thread_id: 'alice' }],
  ])('may be one that is %s', (_what, id, more) => {
    expect(shown(begins(joins(timeline().credentialed('mint')), id, more))).toEqual([[[id, 1]]]);
  });

  it('are no address of a simulated user, and may be one that names nobody', () => {
    const simulated = (session: string) => joins(timeline(session).credentialed('simulate'));
    expect(shown(begins(simulated('e2e-alice'), 'alice@example.com'))).toEqual([[]]);
    expect(shown(begins(simulated('e2e-'), '@example.com'))).toEqual([[['@example.com', 1]]]);
  });
});

describe('who asked', () => {
  it('is whoever has the connection; of a question of nobody here nobody did', () => {
    const run = joins(joins(timeline()).on('bob')).run();
    const known = new People(run);
    const [alice, bob] = run.users;
    const askers = new Askers(alice ? [alice] : [], known);
    const [own, foreign] = [new Set(alice?.turns), new Set(bob?.turns)];
    expect([...askers.people]).toEqual(['persona alice']);
    expect([...askers.among(own)]).toEqual(['persona alice']);
    expect([...askers.among(foreign)]).toEqual([]);
    expect(askers.among(own)).toBe(askers.among(own));
  });
});
