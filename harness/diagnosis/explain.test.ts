import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../judge/catalogue.ts';
import { levelOf } from '../judge/rule.ts';
import { causesCharged, explainCause, isCauseCode } from './explain.ts';
import { CHARGES } from './promises/charges.ts';

describe('an explanation', () => {
  it('says of a cause whose it is, what it means, what to do, and which rules charge it', () => {
    expect(explainCause('event-late')).toMatchObject({
      code: 'event-late',
      domain: 'application',
      retry: 'new-run-only',
    });
    expect(explainCause('event-late')?.chargedBy).toContain('promptness/total');
    expect(explainCause('dns-not-found')?.chargedBy).toEqual([]);
  });

  it('knows no cause by another word', () => {
    expect(explainCause('event-lost')).toBeNull();
    expect(isCauseCode('toString')).toBe(false);
  });

  it('says of a rule what breaking it is charged to', () => {
    expect(causesCharged('identity/own-user')).toEqual(['cross-user']);
    expect(causesCharged('lifecycle/all-five')).toContain('run-stalled');
  });

  it('charges every promise of the catalogue', () => {
    const uncharged = CATALOGUE.filter((rule) => levelOf(rule) === 'MUST' && !(rule.id in CHARGES)).map(({ id }) => id);
    expect(uncharged).toEqual([]);
  });
});
