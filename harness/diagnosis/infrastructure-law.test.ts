import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { WHEN_INFRASTRUCTURE } from '../../fixtures/when/infrastructure.ts';
import { INFRASTRUCTURE_CAUSES } from './causes/infrastructure.ts';

describe('it is the infrastructure', () => {
  it.each(WHEN_INFRASTRUCTURE)('when %s: %s', (_when, cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause, domain: 'infrastructure' });
  });

  it('when the connection opens over the connect max: connection-slow', () => {
    const slow = timeline('ladder', 'ladder').with({ rules: [] }).opened({}, 1, 9000).welcomed();
    for (const name of ['dns', 'upgrade', 'welcome'] as const) slow.rung(name);
    expect(diagnosed(slow.left())).toMatchObject({ cause: 'connection-slow', domain: 'infrastructure' });
  });

  it('for each cause of the registry', () => {
    const proven = new Set<string>([...WHEN_INFRASTRUCTURE.map(([, cause]) => cause), 'connection-slow']);
    expect(Object.keys(INFRASTRUCTURE_CAUSES).filter((cause) => !proven.has(cause))).toEqual([]);
  });
});
