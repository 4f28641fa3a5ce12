import { describe, expect, it } from 'vitest';
import { asked, open } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { ownRun, ownUser } from './identity.ts';

type Fields = { readonly [name: string]: unknown };

/** bob asks his own question beside alice, who has got these events. */
const beside = (hers: TimelineBuilder): TimelineBuilder =>
  hers.settled().on('bob').credentialed('simulate').opened().welcomed().asked('t2');
const alice = (...events: readonly Fields[]): TimelineBuilder =>
  events.reduce<TimelineBuilder>((built, fields) => built.event('agent_thinking', { ...fields }), asked());
const stranger = (built: TimelineBuilder): TimelineBuilder =>
  built.on('stranger', 'probe', 'stranger').credentialed('mint').opened().welcomed();

describe('the events of a question', () => {
  const second = (first: Fields, ...events: readonly Fields[]): TimelineBuilder =>
    events.reduce<TimelineBuilder>(
      (built, fields) => built.event('agent_thinking', { run_id: 'run-2', ...fields }),
      alice(first).settled().asked('t2'),
    );

  it('carry no run of another question', () => {
    const crossed = second({}, {}, {}, { run_id: 'run-1' });
    expect(said(ownRun, crossed)).toEqual([
      'only events of run run-2: agent_thinking carries run run-1 of another question [agent_thinking]',
    ]);
  });

  it('may carry the thread of an earlier question of the same user, and of no other user', () => {
    const own = { thread_id: 'second' };
    const kept = ['kept: agent_thinking, agent_thinking, agent_thinking, agent_thinking'];
    expect(said(ownRun, second({ thread_id: 'first' }, own, own, { thread_id: 'first' }))).toEqual(kept);
    const his = { run_id: 'run-2', thread_id: 'his' };
    const hers = { run_id: 'run-2', thread_id: 'hers' };
    const leaked = beside(alice({ thread_id: 'hers' }));
    expect(
      said(ownRun, leaked.event('agent_started', his).event('agent_thinking', his).event('agent_completed', hers)),
    ).toEqual(['only events of run run-2: agent_completed carries thread hers of another question [agent_completed]']);
  });

  it('may carry a thread that is shared with another user, where an earlier question of theirs has it', () => {
    const shared = { thread_id: 'shared' };
    const his = beside(alice(shared))
      .event('agent_started', { run_id: 'run-2', ...shared })
      .settled('quiet', 't2');
    const own = { run_id: 'run-3', thread_id: 'other' };
    const later = his.on('alice').asked('t3').event('agent_started', own).event('agent_thinking', own);
    expect(said(ownRun, later.event('agent_completed', { run_id: 'run-3', ...shared }))).toEqual([
      'kept: agent_thinking, agent_started, agent_thinking, agent_completed, agent_started',
    ]);
  });

  it('are none where none came', () => {
    expect(said(ownRun, asked())).toEqual(['inconclusive: no event came (turn t1)']);
  });
});

describe('the events of a user', () => {
  it('are shown to be theirs by the first and the last', () => {
    expect(said(ownUser, asked().five())).toEqual(['kept: agent_started, agent_completed']);
    expect(said(ownUser, asked())).toEqual(['inconclusive: no event came on session alice']);
  });

  it('are told apart by the subject of their token, however often another id comes', () => {
    const odd = { user_id: 'u-9' };
    expect(said(ownUser, alice({ user_id: 'alice' }, odd, { ...odd, thought: 'b' }))).toEqual([
      'only events of the user of session alice: agent_thinking for a second user, u-9 [agent_thinking, agent_thinking]',
    ]);
  });

  it('are not those of another user, ten of whose are pointed to', () => {
    const his = (count: number) => ({ user_id: 'bob', thought: `${count}` });
    const hers = alice({ user_id: 'alice' }, ...Array.from({ length: 11 }, (_, count) => his(count)));
    const built = beside(hers).event('agent_started', { run_id: 'run-2', user_id: 'bob' });
    const cited = Array.from({ length: 10 }, () => 'agent_thinking').join(', ');
    expect(said(ownUser, built)).toEqual([
      `only events of the user of session alice: agent_thinking for another user, bob [${cited}]`,
    ]);
  });

  it('carry no run of another user, in a field or in a text', () => {
    const his = (built: TimelineBuilder): TimelineBuilder =>
      built.event('agent_started', { run_id: 'run_agent_7_d0' }).event('agent_thinking', { run_id: 'run_agent_7_d0' });
    const leaked = his(beside(alice({}, { thought: 'b' })))
      .on('alice')
      .event('agent_thinking', { run_id: 'run_agent_7_d0' });
    expect(said(ownUser, leaked)).toEqual([
      'only events of the user of session alice: agent_thinking with the run id run_agent_7_d0 of another user [agent_thinking]',
    ]);
    const quoted = his(beside(alice({}, { thought: 'b' })))
      .on('alice')
      .event('agent_thinking', { thought: 'as in run_agent_7_d0' });
    expect(said(ownUser, quoted)).toEqual([
      'only text for the user of session alice: the run id run_agent_7_d0 of another user [agent_thinking]',
    ]);
  });

  it('may carry a run that only a connection beside the users has', () => {
    const built = stranger(alice({}, {}, { run_id: 'run-9' }).settled());
    expect(said(ownUser, built.asked('again').event('agent_started', { run_id: 'run-9' }))).toEqual([
      'kept: agent_thinking, agent_thinking',
    ]);
  });

  it('are not sought in texts for what belongs to somebody who asked nothing or never got in', () => {
    const never = (built: TimelineBuilder): TimelineBuilder =>
      built.on('stranger-7f3a9c', 'probe', 'stranger').credentialed('mint').refused(401);
    const listens = (built: TimelineBuilder): TimelineBuilder =>
      built.on('stranger-7f3a9c').credentialed('mint').opened().event('agent_started', { run_id: 'run-2' });
    const quoting = (): TimelineBuilder => alice({ thought: 'for stranger-7f3a9c' });
    expect(said(ownUser, never(quoting()))).toEqual(['kept: agent_thinking, agent_thinking']);
    expect(said(ownUser, listens(quoting()))).toEqual([
      'kept: agent_thinking, agent_thinking, agent_started, agent_started',
    ]);
  });
});

describe('two users whom the target takes for one', () => {
  const same = (built: TimelineBuilder): TimelineBuilder =>
    built
      .on('bob')
      .note({ kind: 'credentialed', source: 'simulate', subject: 'alice', expiresAtMs: null, fingerprint: '' });

  it('prove nothing where both asked', () => {
    const both = same(alice({}).settled()).opened().welcomed().asked('t2').event('agent_started', { run_id: 'run-2' });
    expect(said(ownUser, both)).toEqual(['inconclusive: alice and bob are one user to this target']);
  });

  it('spoil nothing where one of them only listened', () => {
    const one = same(alice({}).settled()).opened().welcomed().event('agent_started');
    expect(said(ownUser, one)).toEqual(['kept: agent_thinking, agent_thinking, agent_started, agent_started']);
    expect(said(ownUser, open())).toEqual(['inconclusive: no event came on session alice']);
  });
});
