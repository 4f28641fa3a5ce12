import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../fixtures/healthy.ts';
import { all, crossed, edited, followed, type Mutation, renamed } from '../../../fixtures/mutations.ts';
import { actuals, bob, reason, reworded, ruling } from '../../../fixtures/rulings.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import { rulingBy } from '../judge.ts';
import { ownUser } from './identity.ts';

describe('whose an event is', () => {
  const everybody =
    (user_id: string | null): Mutation =>
    (timeline) => ({
      ...timeline,
      observations: timeline.observations.map((seen) =>
        seen.kind === 'received' && seen.text.includes('"run_id"')
          ? { ...seen, text: JSON.stringify({ ...JSON.parse(seen.text), user_id }) }
          : seen,
      ),
    });
  const sameSubject: Mutation = (timeline) => ({
    ...timeline,
    observations: timeline.observations.map((seen) =>
      seen.kind === 'credentialed' ? { ...seen, subject: 'dev-user-001' } : seen,
    ),
  });

  it('cannot be told where two personas are one user, by their tokens or by what they are shown', () => {
    const one = 'inconclusive: alice and bob and carol are one user to this target';
    expect(reason(ruling('identity/own-user', sameSubject, everybody('dev-user-001')))).toBe(one);
    expect(reason(ruling('identity/own-user', everybody('demo-user-001')))).toBe(one);
    const leaked = crossed(bob('agent_thinking'), 'carol');
    expect(reason(ruling('identity/own-user', everybody('demo-user-001'), leaked))).toBe(one);
  });

  it('is nobody else’s where no user id is sent, cut ones included', () => {
    expect(ruling('identity/own-user', everybody(null)).outcome).toBe('pass');
    expect(ruling('identity/own-user', everybody('e2e-agen...')).outcome).toBe('pass');
  });

  it('is told by the user id of another even where ids of the session itself are unfamiliar', () => {
    const unfamiliar = reworded((text, session) =>
      text.replaceAll(`"user_id":"${subjectOf(session)}"`, `"user_id":"u-${session}"`),
    );
    expect(ruling('identity/own-user', unfamiliar).outcome).toBe('pass');
    const leaked = crossed(bob('agent_thinking'), 'carol');
    expect(actuals(ruling('identity/own-user', unfamiliar, leaked))).toContain(
      'agent_thinking for a second user, u-bob',
    );
  });

  it('tolerates the thread’s own id in the place of the user’s or the run’s', () => {
    const quirk = (field: string) =>
      edited(bob('agent_thinking'), (message) => ({ ...message, [field]: 'thread_session_3_77' }));
    expect(ruling('identity/own-user', quirk('user_id')).outcome).toBe('pass');
    expect(ruling('identity/own-run', quirk('run_id')).outcome).toBe('pass');
  });

  it('tolerates run ids that differ within one run, and a constant one for everybody', () => {
    const other = edited(bob('agent_thinking'), (message) => ({ ...message, run_id: 'run_of_the_bridge' }));
    expect(ruling('identity/own-run', other).outcome).toBe('pass');
    const constant = reworded((text) => text.replaceAll(/"run_id":"[^"]*"/g, '"run_id":"run-1"'));
    expect(ruling('identity/own-run', constant).outcome).toBe('pass');
    expect(ruling('identity/own-user', constant).outcome).toBe('pass');
  });

  it('is told by the id of a request though no event of its own run ever came', () => {
    const stolen = edited(bob('agent_thinking'), (message) => ({ ...message, run_id: 'run-mark1carol' }));
    expect(
      ruling('identity/own-run', stolen, renamed({ session: 'carol', what: 'agent_started' }, 'noise')).outcome,
    ).toBe('fail');
  });

  it('is nobody’s where an id is neither sent by anybody nor the main one of any turn', () => {
    const bridge = (who: string) =>
      edited({ session: who, what: 'agent_thinking' }, (message) => ({ ...message, run_id: 'run_of_the_bridge' }));
    const twice = edited(bob('tool_executing'), (message) => ({ ...message, run_id: 'run_of_the_bridge' }));
    for (const id of ['identity/own-run', 'identity/own-user']) {
      expect(ruling(id, bridge('bob'), twice, bridge('carol')).outcome).toBe('pass');
    }
  });

  const inTools = (fields: object): Mutation =>
    all(
      ...['alice', 'bob', 'carol'].flatMap((session) =>
        (['tool_executing', 'tool_completed'] as const).map((what) =>
          edited({ session, what }, (message) => ({ ...message, ...fields })),
        ),
      ),
    );

  it.each([
    { run_id: 'None' },
    { run_id: '<UserExecutionContext>' },
    { thread_id: 'default' },
    { user_id: 'system' },
    { user_id: 'unknown' },
  ])('is not told by a placeholder: %j', (fields) => {
    for (const id of ['identity/own-run', 'identity/own-user']) {
      expect([id, ruling(id, inTools(fields)).outcome]).toEqual([id, 'pass']);
    }
  });

  it('is not told by a placeholder even where it is the most frequent id of one turn', () => {
    const most = edited({ session: 'alice', what: 'agent_thinking', nth: 1 }, (message) => ({
      ...message,
      run_id: 'None',
    }));
    expect(ruling('identity/own-run', inTools({ run_id: 'None' }), most).outcome).toBe('pass');
    expect(ruling('identity/own-user', inTools({ run_id: 'None' }), most).outcome).toBe('pass');
  });

  it('tolerates the run’s own id, and the user’s own address, in the place of the user’s id', () => {
    const said = (user_id: string) => edited(bob('agent_thinking'), (message) => ({ ...message, user_id }));
    const called =
      (subject: string): Mutation =>
      (timeline) => ({
        ...timeline,
        observations: timeline.observations.map((seen) =>
          seen.kind === 'credentialed' && seen.session === 'bob' ? { ...seen, subject } : seen,
        ),
      });
    expect(ruling('identity/own-user', said('run_agent_3_d0')).outcome).toBe('pass');
    expect(ruling('identity/own-user', said(`${subjectOf('bob')}@example.test`)).outcome).toBe('pass');
    expect(ruling('identity/own-user', called('e2e-bob'), said('bob@example.test')).outcome).toBe('pass');
    expect(ruling('identity/own-user', said(`${subjectOf('carol')}@example.test`)).outcome).toBe('fail');
  });

  it('is told by a stranger’s id, the same one on every connection included', () => {
    expect(actuals(ruling('identity/own-user', inTools({ user_id: 'someone-else' })))).toContain(
      'tool_executing, tool_completed for a second user, someone-else',
    );
  });

  it('is told by the subject of another in the place of a run’s id', () => {
    const both = edited(bob('agent_thinking'), (message) => ({
      ...message,
      run_id: subjectOf('carol'),
      user_id: subjectOf('carol'),
    }));
    expect(ruling('identity/own-user', both).outcome).toBe('fail');
  });

  it('is told by the id of another in a list, however nested, and by the ids of another’s request', () => {
    const within = (data: unknown) =>
      reworded((text, session) =>
        session === 'bob' && text.includes('"tool_completed"')
          ? JSON.stringify({ ...JSON.parse(text), found: { users: data } })
          : text,
      );
    expect(actuals(ruling('identity/own-user', within([subjectOf('carol')])))).toEqual([
      `the user id ${subjectOf('carol')} of another user`,
    ]);
    expect(ruling('identity/own-user', within([subjectOf('bob')])).outcome).toBe('pass');
  });
});

describe('a text that names somebody', () => {
  const thinks = (reasoning: unknown, session = 'carol'): Mutation =>
    edited({ session, what: 'agent_thinking', nth: 1 }, (message) => ({ ...message, data: { reasoning } }));
  const ruled = (...harms: readonly Mutation[]) => ruling('identity/own-user', ...harms);
  const called =
    (names: { readonly [who: string]: string }): Mutation =>
    (timeline) => ({
      ...timeline,
      observations: timeline.observations.map((seen) => {
        const name = names[seen.session];
        if (name === undefined) return seen;
        if (seen.kind === 'credentialed') return { ...seen, subject: name };
        return seen.kind === 'received' ? { ...seen, text: seen.text.replaceAll(subjectOf(seen.session), name) } : seen;
      }),
    });

  it('says so in its violation, once for a frame', () => {
    const text = `for ${subjectOf('bob')} in run_agent_3_d0 of thread_session_3_77`;
    expect(actuals(ruled(thinks(text)))).toEqual([`the user id ${subjectOf('bob')} of another user`]);
    expect(actuals(ruled(thinks('as run_agent_3_d0 did')))).toEqual(['the run id run_agent_3_d0 of another user']);
    expect(actuals(ruled(thinks('in thread_session_3_77')))).toEqual([
      'the thread id thread_session_3_77 of another user',
    ]);
    expect(actuals(ruled(thinks('behind run-mark1alice')))).toEqual([
      "the id run-mark1alice of another user's request",
    ]);
  });

  it('may name its own user, run, thread and address as it likes', () => {
    const own = `${subjectOf('bob')} run_agent_3_d0 thread_session_3_77 run-mark1bob ${subjectOf('bob').slice(4)}@example.com`;
    expect(ruled(thinks(own, 'bob')).outcome).toBe('pass');
  });

  it.each(['1', 'demo', 'bob', 'u7', '550e8400', '4711', 'cost-optimizer', '2026-01-01T00:00:00Z'])(
    'may have a word that somebody is called like: %s',
    (name) => {
      expect(ruled(called({ bob: name }), thinks(`this is ${name}, as (${name}) or "${name}"`)).outcome).toBe('pass');
      expect(ruled(called({ bob: name }), thinks({ user_id: name })).outcome).toBe('fail');
      expect(ruled(called({ bob: name }), thinks(JSON.stringify({ user_id: name }))).outcome).toBe('fail');
    },
  );

  it('may have a longer word that begins or ends like another’s id', () => {
    for (const text of [`${subjectOf('bob')}-2`, `x${subjectOf('bob')}`, 'run_agent_3_d01', 'my-run_agent_3_d0'])
      expect([text, ruled(thinks(text)).outcome]).toEqual([text, 'pass']);
    const uuids = { bob: '550e8400-e29b-41d4-a716-446655440000', carol: '550e8400-e29b-41d4-a716-446655440001' };
    expect(ruled(called(uuids), thinks(`I am ${uuids.carol}, of 550e8400-e29b-41d4`)).outcome).toBe('pass');
    expect(ruled(called(uuids), thinks(`I am ${uuids.bob}`)).outcome).toBe('fail');
  });

  it('may say back what its user said first', () => {
    const asks: Mutation = (timeline) => ({
      ...timeline,
      observations: timeline.observations.map((seen) =>
        seen.kind === 'sent' && seen.session === 'carol'
          ? { ...seen, text: JSON.stringify({ ...JSON.parse(seen.text), note: `what is run_agent_3_d0?` }) }
          : seen,
      ),
    });
    expect(ruled(thinks('as for run_agent_3_d0')).outcome).toBe('fail');
    expect(ruled(asks, thinks('as for run_agent_3_d0')).outcome).toBe('pass');
    const later = followed(
      { session: 'carol', what: 'agent_thinking', nth: 1 },
      { kind: 'sent', text: '"run_agent_3_d0"' },
    );
    expect(ruled(later, thinks('as for run_agent_3_d0')).outcome).toBe('fail');
  });

  it('may have an id that is not one other user’s alone', () => {
    const shared = reworded((text) =>
      text.replaceAll(/thread_session_[13]_\w\w|thread-r1-carol/g, 'thread_session_3_77'),
    );
    expect(ruled(shared, thinks('in thread_session_3_77')).outcome).toBe('pass');
    const two = reworded((text) => text.replaceAll(/thread_session_[13]_\w\w/g, 'thread_session_3_77'));
    expect(ruled(two, thinks('in thread_session_3_77')).outcome).toBe('pass');
  });

  it('may have what the target calls everybody, as far as it is seen', () => {
    const nameless: Mutation = all(
      ...(['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'] as const).map(
        (what) => edited({ session: 'carol', what }, ({ run_id: _, thread_id: __, ...message }) => message),
      ),
    );
    expect(ruled(nameless, thinks('in thread_session_3_77')).outcome).toBe('pass');
    expect(ruled(nameless, thinks(`for ${subjectOf('bob')}`)).outcome).toBe('fail');
  });

  it('names a user by the address that the harness gave, whatever the target calls them', () => {
    const uuids = { bob: '550e8400-e29b-41d4-a716-446655440000' };
    expect(actuals(ruled(called(uuids), thinks('mail to agent-events-bob-r1@example.com')))).toEqual([
      'the user id agent-events-bob-r1 of another user',
    ]);
  });
});

describe('a connection beside the users', () => {
  const begun = () =>
    timeline('alice').credentialed('mint').opened().welcomed().asked().event('agent_started', { user_id: 'alice' });
  const stranger = () =>
    begun().on('repetition', 'probe', 'stranger').credentialed('mint').opened().welcomed().asked('again');
  const ruled = (built: TimelineBuilder) => rulingBy(ownUser, built.run());

  it('gets nothing of a user either: neither an event nor the words of a question', () => {
    expect(ruled(stranger().event('agent_started', { user_id: 'repetition' })).outcome).toBe('pass');
    expect(ruled(stranger().event('agent_started', { user_id: 'alice' })).outcome).toBe('fail');
    const question = { type: 'chat', payload: { content: 'mine [ref 0123456789ab]' } };
    const asked = timeline('alice').credentialed('mint').opened().welcomed();
    asked.note({ kind: 'asked', turn: 't1', intendedAtMs: 0 }).note({ kind: 'sent', text: JSON.stringify(question) });
    asked.event('agent_started').on('repetition', 'probe', 'stranger').credentialed('mint').opened();
    expect(ruled(asked).outcome).toBe('pass');
    asked.received({ type: 'agent_thinking', data: { reasoning: 'as for [ref 0123456789ab]' } });
    expect(actuals(ruled(asked))).toEqual(["the marker 0123456789ab of another user's question"]);
  });

  it('proves nothing where nobody knows whose it is', () => {
    const built = begun().on('repetition', 'probe', 'stranger').opened().event('agent_started', { user_id: 'alice' });
    expect(ruled(built).outcome).toBe('pass');
  });
});
