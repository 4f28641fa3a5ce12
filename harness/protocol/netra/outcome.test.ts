import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../event.ts';
import { outcomeOf } from './outcome.ts';

describe('a completion', () => {
  test.each([
    [{}, null, null],
    [{ status: null }, null, null],
    [{ status: '' }, null, null],
    [{ success: true }, true, null],
    [{ success: null }, null, null],
    [{ success: false }, false, null],
    [{ status: 'completed' }, true, 'completed'],
    [{ status: 'done' }, true, 'done'],
    [{ status: 'success' }, true, 'success'],
    [{ status: 'ok' }, true, 'ok'],
    [{ status: 'COMPLETED' }, true, 'COMPLETED'],
    [{ status: ' done ' }, true, ' done '],
    [{ status: 'a.b.ok' }, true, 'a.b.ok'],
    [{ status: 'done.failed' }, false, 'done.failed'],
    [{ status: 'ExecutionStatus.COMPLETED' }, true, 'ExecutionStatus.COMPLETED'],
    [{ status: 'failed' }, false, 'failed'],
    [{ status: 'error' }, false, 'error'],
    [{ status: 'timeout' }, false, 'timeout'],
    [{ status: 'cancelled' }, false, 'cancelled'],
    [{ status: 'partial' }, false, 'partial'],
    [{ status: 'completed', success: false }, false, 'completed'],
    [{ status: 'failed', success: true }, false, 'failed'],
    [{ status: 200 }, null, null],
  ])('with %j says %s', (fields, succeeded, status) => {
    expect(outcomeOf('agent_completed', fields)).toEqual({ succeeded, status });
    expect(outcomeOf('tool_completed', fields)).toEqual({ succeeded, status });
  });

  test('around a result that failed is no success of the agent', () => {
    const failed = { succeeded: false, status: 'failed' };
    expect(outcomeOf('agent_completed', { status: 'completed', result: { status: 'failed' } })).toEqual(failed);
    expect(outcomeOf('agent_completed', { result: { success: false } })).toEqual({ succeeded: false, status: null });
    expect(outcomeOf('agent_completed', { status: 'done', result: { success: false } })).toEqual({
      succeeded: false,
      status: 'done',
    });
  });

  test.each(['failed', 'failure', 'error', 'timeout', 'timed_out', 'cancelled', 'canceled', 'aborted', 'FAILED'])(
    'around a result that is %s is no success',
    (status) => {
      const around = outcomeOf('agent_completed', { status: 'completed', result: { status } });
      expect(around).toEqual({ succeeded: false, status });
    },
  );

  test('is not doubted for words of its result that are no failure', () => {
    const done = { succeeded: true, status: 'done' };
    expect(outcomeOf('agent_completed', { status: 'done', result: { status: 'draft' } })).toEqual(done);
    expect(outcomeOf('agent_completed', { status: 'done', result: 'failed' })).toEqual(done);
    expect(outcomeOf('agent_completed', { status: 'done', result: { answer: 42 } })).toEqual(done);
    expect(outcomeOf('agent_completed', { status: 'failed', result: { status: 'error' } })).toEqual({
      succeeded: false,
      status: 'failed',
    });
    expect(outcomeOf('agent_completed', { status: 'failed', result: {} })).toEqual({
      succeeded: false,
      status: 'failed',
    });
  });

  test('of a tool is not judged by what the tool found', () => {
    const found = { status: 'completed', result: { status: 'error' } };
    expect(outcomeOf('tool_completed', found)).toEqual({ succeeded: true, status: 'completed' });
  });
});

test('the other three say nothing of success, whatever their status', () => {
  for (const type of EVENT_TYPES.filter((name) => !name.endsWith('_completed')))
    expect(outcomeOf(type, { status: 'failed', success: false })).toEqual({ succeeded: null, status: null });
});
