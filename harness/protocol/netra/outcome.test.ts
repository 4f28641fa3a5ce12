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
    [{ status: 'completed', success: false }, false, null],
    [{ status: 'cancelled', success: false }, false, 'cancelled'],
    [{ status: 'failed', success: true }, false, 'failed'],
    [{ status: 200 }, null, null],
    [{ status: 0 }, null, null],
    [{ status: true }, true, 'true'],
    [{ status: 'True' }, true, 'True'],
    [{ status: false }, false, 'false'],
    [{ status: 'false' }, false, 'false'],
    [{ status: '0' }, false, '0'],
    [{ status: 'yes' }, false, 'yes'],
    [{ success: 'false' }, false, null],
    [{ success: 'False' }, false, null],
    [{ success: ' FALSE ' }, false, null],
    [{ success: 'no' }, false, null],
    [{ success: '0' }, false, null],
    [{ success: 0 }, false, null],
    [{ success: 'failure' }, false, null],
    [{ success: 'error' }, false, null],
    [{ success: 'Outcome.FAILED' }, false, null],
    [{ success: 'partial' }, false, null],
    [{ success: 'true' }, true, null],
    [{ success: 'True' }, true, null],
    [{ success: 'ok' }, true, null],
    [{ success: 'yes' }, true, null],
    [{ success: '1' }, true, null],
    [{ success: 1 }, true, null],
    [{ success: '' }, null, null],
    [{ success: 7 }, null, null],
    [{ success: {} }, null, null],
    [{ status: 'completed', success: 'false' }, false, null],
    [{ status: 'completed', success: 0 }, false, null],
    [{ status: 'failed', success: 'true' }, false, 'failed'],
  ])('with %j says %s', (fields, succeeded, status) => {
    expect(outcomeOf('agent_completed', fields)).toEqual({ succeeded, status });
    expect(outcomeOf('tool_completed', fields)).toEqual({ succeeded, status });
  });

  test.each([
    [
      { status: 'completed', result: { status: 'failed', rows: 3 } },
      { succeeded: true, status: 'completed' },
    ],
    [
      { status: 'done', result: { success: false } },
      { succeeded: true, status: 'done' },
    ],
    [{ results: { status: 'error' } }, { succeeded: null, status: null }],
    [{ result: { success: false } }, { succeeded: null, status: null }],
    [{ final_response: { status: 'failed' } }, { succeeded: null, status: null }],
    [
      { status: 'failed', result: { status: 'done' } },
      { succeeded: false, status: 'failed' },
    ],
  ])('%j is not judged by its answer', (fields, outcome) => {
    expect(outcomeOf('agent_completed', fields)).toEqual(outcome);
  });
});

test('of a tool is not judged by what the tool found', () => {
  const found = { status: 'completed', result: { status: 'error' } };
  expect(outcomeOf('tool_completed', found)).toEqual({ succeeded: true, status: 'completed' });
});

test('the other three say nothing of success, whatever their status', () => {
  for (const type of EVENT_TYPES.filter((name) => !name.endsWith('_completed')))
    expect(outcomeOf(type, { status: 'failed', success: false })).toEqual({ succeeded: null, status: null });
});
