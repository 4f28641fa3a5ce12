import { describe, expect, it } from 'vitest';
import { asked } from '../../fixtures/oddities/beginnings.ts';
import { runName } from './run-name.ts';

const named = (...runIds: readonly (string | null)[]): readonly string[] =>
  runIds
    .reduce((built, run_id) => built.event('agent_thinking', { run_id }), asked())
    .run()
    .turns.map(runName);

describe('a turn', () => {
  it('is called by the first run id that its events carry', () => {
    expect(named('run-1', 'run-2')).toEqual(['run run-1']);
    expect(named(null, 'run-2')).toEqual(['run run-2']);
    expect(named('None', 'run-2')).toEqual(['run run-2']);
  });

  it('is called by its own name where none of them carries any', () => {
    expect(named()).toEqual(['turn t1']);
    expect(named(null, 'unknown')).toEqual(['turn t1']);
  });
});
