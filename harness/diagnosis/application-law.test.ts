import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { ruled } from '../../fixtures/ruled.ts';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { WHEN_APPLICATION } from '../../fixtures/when/application.ts';
import { APPLICATION_CAUSES } from './causes/application.ts';
import { diagnose } from './diagnose.ts';

const idle = () => timeline().opened().welcomed();
const asked = () => idle().asked();
const whole = (...without: readonly string[]) => asked().five(...without);
const over = (built: TimelineBuilder) => built.settled().left();

describe('it is the application', () => {
  it.each(WHEN_APPLICATION)('when %s: %s', (_when, cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause, domain: 'application' });
  });

  it.each([
    ["when another user's event comes: cross-user", 'identity/own-user', 'cross-user'],
    ['when an event of another run of the same user comes: foreign-run', 'identity/own-run', 'foreign-run'],
    [
      'when a token is let in that must be refused: target-permissive',
      'admission/refuses-expired',
      'target-permissive',
    ],
  ] as const)('%s', (_when, id, cause) => {
    const run = over(whole()).run();
    const broken = ruled(id, { outcome: 'fail', violations: [{ expected: 'a', actual: 'b', at: [4] }] });
    expect(diagnose(run, [broken])).toMatchObject({ cause, domain: 'application' });
  });

  it('for each cause of the registry', () => {
    const others = ['cross-user', 'foreign-run', 'target-permissive'];
    const proven = new Set<string>([...WHEN_APPLICATION.map(([, cause]) => cause), ...others]);
    expect(Object.keys(APPLICATION_CAUSES).filter((cause) => !proven.has(cause))).toEqual([]);
  });

  it('ambiguously where both tool events are missing from a run that succeeded', () => {
    const found = diagnosed(over(whole('tool_executing', 'tool_completed')));
    expect(found).toMatchObject({ confidence: 'ambiguous' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['no-tool-chosen']);
  });
});
