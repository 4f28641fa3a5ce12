import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const tried = (...statuses: readonly number[]) => {
  const built = timeline();
  statuses.forEach((status, index) => {
    built.refused(status, '', {}, index + 1);
  });
  return built;
};
const APP = { 'x-trace-id': 'a' };

describe('tries that were answered otherwise than the last', () => {
  it('are told, and leave the platform in the running', () => {
    const found = diagnosed(tried(503, 502, 500));
    expect(found?.summary).toMatch(/answered 500 \(server\), at the last of 3 attempts \(those before: 503, 502\)$/);
    expect(found).toMatchObject({ cause: 'upgrade-server-error', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['service-unavailable', 'bad-gateway']);
    expect(found?.hint).toMatch(/^the tries before were answered 503, 502: see in the platform log/);
  });

  it('take the certainty from the last that speaks for the application', () => {
    const found = diagnosed(tried(418).refused(500, '', APP, 2));
    expect(found).toMatchObject({ cause: 'upgrade-server-error', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused']);
    expect(diagnosed(timeline().refused(500, '', APP))?.confidence).toBe('certain');
  });

  it('add no rival of the same domain', () => {
    const found = diagnosed(tried(504, 429));
    expect(found).toMatchObject({ cause: 'rate-limited', confidence: 'certain', rivals: [] });
    expect(found?.summary).toContain('(those before: 504)');
  });

  it('are not told where all were alike, or they were of an earlier dial', () => {
    expect(diagnosed(tried(503, 503))?.summary).toMatch(/at the last of 2 attempts$/);
    const again = tried(504).refused(503, '', {}, 1).refused(503, '', {}, 2);
    expect(diagnosed(again)?.summary).toMatch(/at the last of 2 attempts$/);
  });
});
