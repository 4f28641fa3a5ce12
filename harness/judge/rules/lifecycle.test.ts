import { describe, expect, it } from 'vitest';
import {
  all,
  edited,
  followed,
  interjected,
  type Mutation,
  replaced,
  silenced,
  without,
} from '../../../fixtures/mutations.ts';
import { actuals, bob, only, reason, reworded, ruling } from '../../../fixtures/rulings.ts';

describe('missing events', () => {
  it('are told with the run, the time waited and the state of the socket', () => {
    expect(actuals(ruling('lifecycle/all-five', without(bob('agent_thinking'))))).toEqual([
      'never came (run run_agent_3_d0) within 152 ms, socket open',
    ]);
  });

  it('of a run that never showed an id are told by the turn, with the socket closed', () => {
    const closed = replaced(bob('settled'), (seen) => ({ ...seen, because: 'closed' }) as typeof seen);
    const said = ruling('lifecycle/all-five', silenced(bob('sent'), 'bob#1', 50), closed);
    expect(said.outcome === 'fail' && said.violations.map(({ expected }) => expected)).toEqual([
      'agent_started',
      'agent_thinking',
      'tool_executing',
      'tool_completed',
      'agent_completed',
    ]);
    expect(actuals(said)[0]).toBe('never came (turn bob#1) within 50 ms, socket closed');
  });

  it('leave open what can only be said of events that came', () => {
    const silent = silenced(bob('sent'), 'bob#1', 1500);
    for (const id of [
      'lifecycle/started-first',
      'lifecycle/in-order',
      'lifecycle/completed-last',
      'lifecycle/completed-successfully',
      'tools/paired',
      'identity/own-user',
      'identity/own-run',
      'payload/tool-name',
      'payload/fields',
      'promptness/first-event',
      'promptness/gap',
      'promptness/tool',
      'promptness/open-to-first-event',
    ]) {
      expect([id, ruling(id, silent).outcome]).toEqual([id, 'inconclusive']);
    }
  });
});

describe('a run that fails', () => {
  it('without an agent_completed fails by what it says', () => {
    const dies = (message: object) =>
      actuals(
        ruling(
          'lifecycle/completed-successfully',
          silenced(bob('agent_started'), 'bob#1', 20_000),
          interjected(bob('agent_started'), message),
        ),
      );
    expect(dies({ type: 'agent_failed', message: 'no quota' })).toEqual([
      'agent_failed: no quota (run run_agent_3_d0)',
    ]);
    expect(dies({ type: 'error_message', error_code: 'AGENT_REQUEST_ERROR', error_message: 'bad request' })).toEqual([
      'error AGENT_REQUEST_ERROR: bad request',
    ]);
    expect(dies({ type: 'error', message: 'the agent broke' })).toEqual(['error without a code: the agent broke']);
  });

  it('by an agent that it called, and goes on without it, has not failed', () => {
    const called = interjected(bob('agent_started'), { type: 'agent_error', agent_name: 'triage', message: 'oh' });
    expect(ruling('lifecycle/completed-successfully', called).outcome).toBe('pass');
  });

  it.each([
    ['its own agent', { agent_name: 'cost_optimizer' }],
    ['nobody in particular', {}],
  ])('by the word of %s takes nothing back with a completion', (_who, agent) => {
    const failed = interjected(bob('agent_started'), { type: 'agent_failed', message: 'out of memory', ...agent });
    expect(actuals(ruling('lifecycle/completed-successfully', failed))).toEqual([
      'agent_failed: out of memory (run run_agent_3_d0)',
    ]);
    const after = interjected(bob('agent_completed'), { type: 'agent_failed', message: 'clean-up', ...agent });
    expect(ruling('lifecycle/completed-successfully', after).outcome).toBe('pass');
  });

  describe('by a word that comes after it claimed success', () => {
    const afterwards = (fields: object, ...harms: readonly Mutation[]) =>
      ruling(
        'lifecycle/completed-successfully',
        interjected(bob('agent_completed'), { type: 'agent_error', message: 'oh', ...fields }, 30),
        ...harms,
      );
    const own = { run_id: 'run_agent_3_d0' };

    it.each([
      ['its id alone', own],
      ['its id, and its agent', { ...own, agent_name: 'cost_optimizer' }],
    ])('has failed where the word carries %s', (_what, fields) => {
      expect(actuals(afterwards(fields))).toEqual(['agent_error: oh (run run_agent_3_d0)']);
    });

    it('has failed where the completion carries no id, and its beginning the same', () => {
      const unnamed = edited(bob('agent_completed'), (message) => ({ ...message, run_id: undefined }));
      expect(actuals(afterwards(own, unnamed))).toEqual(['agent_error: oh (run run_agent_3_d0)']);
    });

    it.each([
      ['no id', {}],
      ['the id of another run', { run_id: 'run_agent_9_ff' }],
      ['an id that names nothing', { run_id: 'unknown' }],
      ['the name of an agent that it called', { ...own, agent_name: 'triage' }],
    ])('has not failed where the word carries %s', (_what, fields) => {
      expect(afterwards(fields).outcome).toBe('pass');
    });

    it('has not failed where an id that names nothing is that of every event', () => {
      const nameless = reworded((text) => text.replaceAll('run_agent_3_d0', 'unknown'));
      expect(afterwards({ run_id: 'unknown' }, nameless).outcome).toBe('pass');
    });

    it('has not failed where we had begun to leave before', () => {
      const word = JSON.stringify({ type: 'agent_error', message: 'the client is gone', ...own });
      const cutShort = followed(bob('closing'), { kind: 'received', text: word }, 0);
      expect(ruling('lifecycle/completed-successfully', cutShort).outcome).toBe('pass');
    });
  });

  it.each([
    [false, 'false'],
    ['false', '"false"'],
    ['False', '"False"'],
    ['no', '"no"'],
    ['0', '"0"'],
    [0, '0'],
    ['failure', '"failure"'],
    ['error', '"error"'],
  ])('is told by the field that says so, as %j', (success, said) => {
    const failed = edited(bob('agent_completed'), (message) => ({ ...message, data: { success, result: 'none' } }));
    expect(actuals(ruling('lifecycle/completed-successfully', failed))).toEqual([
      `agent_completed says success: ${said} (run run_agent_3_d0)`,
    ]);
  });
});

const nested = (type: string, agent_name: string) => ({ type, agent_name, run_id: 'run_agent_3_d0', result: 'ok' });

describe('nested agents', () => {
  it('may complete before a tool begins, while their supervisor is open', () => {
    const inner = interjected(bob('agent_thinking'), nested('agent_started', 'triage'), 5);
    const done = interjected(bob('agent_thinking'), nested('agent_completed', 'triage'), 10);
    expect(ruling('lifecycle/in-order', inner, done).outcome).toBe('pass');
  });

  it('may follow one another', () => {
    const done = interjected(bob('agent_thinking'), nested('agent_completed', 'cost_optimizer'), 5);
    const next = interjected(bob('agent_thinking'), nested('agent_started', 'reporting'), 10);
    expect(ruling('lifecycle/in-order', done, next).outcome).toBe('pass');
  });

  it('do not excuse an agent that completes before its own tool begins', () => {
    const early = interjected(bob('agent_thinking'), nested('agent_completed', 'cost_optimizer'), 5);
    expect(actuals(ruling('lifecycle/in-order', early))).toEqual(['agent_completed came first (run run_agent_3_d0)']);
  });
});

describe('the end of a run', () => {
  const lastPing = followed(bob('settled'), { kind: 'pinged' }, 20);
  const lastPong = followed(bob('settled'), { kind: 'ponged' }, 25);
  const evidence = (...harms: readonly Mutation[]) => {
    const said = ruling('lifecycle/completed-last', only('bob'), ...harms);
    return said.outcome === 'pass' ? said.evidence.map(({ kind }) => kind) : reason(said);
  };
  const unwatched =
    'inconclusive: nothing shows that session bob was watched after agent_completed (run run_agent_3_d0)';

  it('is shown by what came last, a pong above all', () => {
    expect(evidence(lastPing, lastPong)).toEqual(['ponged']);
    expect(evidence(lastPing, interjected(bob('agent_completed'), { type: 'heartbeat' }, 5))).toEqual(['received']);
  });

  it('is not shown where we asked for a sign and left before any came', () => {
    expect(evidence(lastPing)).toBe(unwatched);
    expect(evidence(lastPing, without(bob('closing')), without(bob('closed')))).toBe(unwatched);
  });

  it('is shown by a second of quiet, and by an orderly end from the other side', () => {
    const quiet = followed(bob('agent_completed'), { kind: 'noted', topic: 'quiet', text: '' }, 1000);
    expect(evidence(lastPing, without(bob('closing')), without(bob('closed')), quiet)).toEqual(['noted']);
    const ended = (how: 'fin' | 'reset' | 'local') =>
      all(
        without(bob('closing')),
        replaced(bob('closed'), (seen) => ({ ...seen, how }) as typeof seen),
      );
    expect(evidence(lastPing, ended('fin'))).toEqual(['closed']);
    expect(evidence(lastPing, ended('reset'))).toEqual(['closed']);
    expect(evidence(lastPing, ended('local'))).toBe(unwatched);
  });

  it('is not shown by a reset under an agent that had not completed', () => {
    const open = interjected(bob('agent_thinking'), nested('agent_started', 'triage'), 5);
    const reset = all(
      without(bob('closing')),
      replaced(bob('closed'), (seen) => ({ ...seen, how: 'reset' }) as typeof seen),
    );
    expect(evidence(lastPing, open, reset)).toBe(unwatched);
  });

  it('is taken at its word in a recording without a ping after it', () => {
    expect(evidence()).toEqual(['received']);
  });

  it('is none where an event came after it, watched or not', () => {
    const late = interjected(bob('agent_completed'), { type: 'agent_thinking', run_id: 'run_agent_3_d0' }, 5);
    expect(ruling('lifecycle/completed-last', lastPing, lastPong, late).outcome).toBe('fail');
    expect(ruling('lifecycle/completed-last', lastPing, late).outcome).toBe('fail');
  });
});
