import { describe, expect, it } from 'vitest';
import { edited, interjected, replaced, silenced, without } from '../../../fixtures/mutations.ts';
import { actuals, bob, ruling } from '../../../fixtures/rulings.ts';

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

  it('of itself, and is repaired, has not failed', () => {
    const repaired = interjected(bob('agent_started'), { type: 'agent_error', message: 'trying again' });
    expect(ruling('lifecycle/completed-successfully', repaired).outcome).toBe('pass');
  });

  it('without a status word is called a failure', () => {
    const failed = edited(bob('agent_completed'), (message) => ({
      ...message,
      data: { success: false, result: 'none' },
    }));
    expect(actuals(ruling('lifecycle/completed-successfully', failed))).toEqual([
      'agent_completed says failure (run run_agent_3_d0)',
    ]);
  });
});

describe('nested agents', () => {
  const nested = (type: string, agent_name: string) => ({ type, agent_name, run_id: 'run_agent_3_d0', result: 'ok' });

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
