import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { Ownership } from './ownership.ts';

describe('the ids of an event that tell whose it is', () => {
  const ids = { run_id: 'run-1', thread_id: 'thread-1' };
  const ownership = new Ownership(timeline().opened().asked().event('agent_started', ids).run().turns);

  it.each([
    ['run-2', 'thread-2', ['run run-2', 'thread thread-2']],
    ['thread-1', 'thread-1', ['thread thread-1']],
    ['thread-1', null, []],
    ['none', 'default', []],
    [null, null, []],
  ])('are of a run %s in a thread %s: %j', (runId, threadId, named) => {
    expect(ownership.idsOf({ runId, threadId }).map(({ kind, id }) => `${kind} ${id}`)).toEqual(named);
  });

  it('are no thread’s where an event has none', () => {
    const [turn] = timeline().opened().asked().event('agent_started', { thread_id: null }).run().turns;
    expect(new Ownership(turn ? [turn] : []).idsOf({ runId: 'run-1', threadId: null })).toEqual([
      { kind: 'run', id: 'run-1' },
    ]);
  });
});
