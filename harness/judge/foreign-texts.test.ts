import { describe, expect, it } from 'vitest';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import type { Run } from '../timeline/run.ts';
import { Askers } from './askers.ts';
import { type Company, ForeignIds } from './foreign-ids.ts';
import { ForeignTexts } from './foreign-texts.ts';
import { Ownership } from './ownership.ts';
import { People } from './people.ts';

const BOB = 'e2e-bob-4711-xyz';
const CAROL = 'e2e-carol-4711';

const companyOf = (run: Run): Company => {
  const people = new People(run);
  const { sessions, turns } = run;
  return { run, sessions, people, askers: new Askers(sessions, people), ids: new Ownership(turns) };
};
/** What the texts on carol's connection tell of others. */
const told = (built: TimelineBuilder): readonly string[] => {
  const company = companyOf(built.run());
  const texts = new ForeignTexts(company);
  return company.sessions
    .filter(({ session }) => session === CAROL)
    .flatMap((session) => texts.on(session, company.people.of(session)))
    .map((finding) => (finding.kind === 'broken' ? finding.violation.actual : finding.kind));
};

const asks = (of: TimelineBuilder, turn: string, payload: object): TimelineBuilder =>
  of
    .note({ kind: 'asked', turn, intendedAtMs: 0 })
    .note({ kind: 'sent', text: JSON.stringify({ type: 'chat', payload }) });
const bob = (payload: object = {}) => asks(timeline(BOB).credentialed('simulate').opened().welcomed(), 'b1', payload);
const carol = (of: TimelineBuilder, payload: object = {}) =>
  asks(of.on(CAROL).credentialed('simulate').opened().welcomed(), 'c1', payload);
const thinks = (of: TimelineBuilder, reasoning: string, ids: object = { run_id: 'run_carol_2_1' }) =>
  of.received({ type: 'agent_thinking', ...ids, data: { reasoning } });
const began = (ids: object) => bob().received({ type: 'agent_started', ...ids });

describe('a text to somebody else', () => {
  const crossed = (of: () => TimelineBuilder, text: string, ids?: object) => told(thinks(carol(of()), text, ids));

  it('tells of whose connection it should be alone', () => {
    const company = companyOf(thinks(carol(bob()), `for ${BOB}`).run());
    const [, session] = company.sessions;
    expect(session && new ForeignTexts(company).on(session, company.people.of(session))).toMatchObject([
      { violation: { expected: `only text for the user of session ${CAROL}` } },
    ]);
  });

  it('may have the marker of its own question, and of nobody’s', () => {
    const marked = (marker: string) =>
      thinks(carol(bob({ content: 'mine [ref m-bob]' }), { content: '[ref m-carol]' }), `as for [ref ${marker}]`);
    expect(told(marked('m-carol'))).toEqual([]);
    expect(told(marked('m-nobody'))).toEqual([]);
    expect(told(marked('m-bob'))).toEqual(["the marker m-bob of another user's question"]);
  });

  it('names another’s request by the whole of its id, be that a number', () => {
    const request = () => bob({ thread_id: '1767225600250' });
    expect(crossed(request, '1767225600250')).toEqual(["the id 1767225600250 of another user's request"]);
    expect(crossed(request, 'at 1767225600250')).toEqual([]);
    expect(told(thinks(carol(request(), { thread_id: '1767225600250' }), '1767225600250'))).toEqual([]);
  });

  it('tells nothing anew of what its own event says already', () => {
    const ofBob = () => began({ run_id: 'run_bob_1_1', thread_id: 'thread_bob_1_1', user_id: BOB });
    const own = { run_id: 'run_carol_2_1', thread_id: 'thread_carol_2_1' };
    expect(crossed(ofBob, 'as run_bob_1_1', own)).toEqual(['the run id run_bob_1_1 of another user']);
    expect(crossed(ofBob, 'in thread_bob_1_1', own)).toEqual(['the thread id thread_bob_1_1 of another user']);
    expect(crossed(ofBob, `for ${BOB}`, own)).toEqual([`the user id ${BOB} of another user`]);
    const another = (ids: object) => thinks(thinks(carol(ofBob()), 'more', own), 'on', { ...own, ...ids });
    expect(told(another({ run_id: 'run_bob_1_1' }))).toEqual([]);
    expect(told(another({ thread_id: 'thread_bob_1_1' }))).toEqual([]);
    expect(told(another({ user_id: BOB }))).toEqual([]);
    expect(told(thinks(another({ user_id: CAROL }), `for ${BOB}`))).toEqual([`the user id ${BOB} of another user`]);
    expect(told(thinks(another({ run_id: 'run_bob_1_1' }), 'as run_bob_1_1'))).toEqual([
      'the run id run_bob_1_1 of another user',
    ]);
  });

  it('may say what its user said first, however often they say it', () => {
    const says = (of: TimelineBuilder) => of.note({ kind: 'sent', text: '{"text":"what is run_bob_1_1?"}' });
    const begun = () => thinks(carol(began({ run_id: 'run_bob_1_1' })), 'hm');
    expect(told(says(thinks(says(begun()), 'as run_bob_1_1')))).toEqual([]);
    expect(told(says(thinks(begun(), 'as run_bob_1_1')))).toEqual(['the run id run_bob_1_1 of another user']);
  });
});

describe('an id is another’s', () => {
  const claims = (built: TimelineBuilder) => {
    const foreign = new ForeignIds(companyOf(built.run()));
    return (id: string) => foreign.to(`persona ${CAROL}`, id)?.kind ?? null;
  };

  it('as their subject, or as the local part of their address', () => {
    const claim = claims(carol(bob()));
    expect(claim(BOB)).toBe('user');
    expect(claim(BOB.slice(4))).toBe('user');
    expect(claim(`agent-events-${BOB}-r1`)).toBe('user');
    expect(claim(CAROL)).toBe(null);
    expect(claim(BOB.slice(3))).toBe(null);
  });

  it('not as the end of a subject that no simulated user has', () => {
    const claim = claims(carol(timeline('auth|bob-4711-xyz').credentialed('mint').opened()));
    expect(claim('auth|bob-4711-xyz')).toBe('user');
    expect(claim('|bob-4711-xyz')).toBe(null);
  });

  it('not as the address of a probe, which has none', () => {
    const claim = claims(carol(timeline('ladder-9', 'probe').opened()));
    expect(claim('agent-events-ladder-9-r1')).toBe(null);
  });

  it('not as a word, though they are called like it', () => {
    expect(claims(carol(timeline('bob').credentialed('mint').opened()))('bob')).toBe(null);
  });

  it('as what the target calls their run, where it calls one of this user otherwise', () => {
    const ofBob = began({ run_id: 'run_bob_1_1', thread_id: 'thread_bob_1_1' });
    expect(claims(carol(ofBob))('run_bob_1_1')).toBe(null);
    const claim = claims(thinks(carol(began({ run_id: 'run_bob_1_1', thread_id: 'thread_bob_1_1' })), 'hm'));
    expect([claim('run_bob_1_1'), claim('thread_bob_1_1')]).toEqual(['run', null]);
  });

  it('not where it is also this user’s own', () => {
    const both = thinks(carol(began({ run_id: 'run_both_1_1' })), 'hm', { run_id: 'run_both_1_1' });
    expect(claims(both)('run_both_1_1')).toBe(null);
  });
});
