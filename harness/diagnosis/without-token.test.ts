import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import type { Facts } from '../timeline/observation.ts';

const BEARER = { 'www-authenticate': 'Bearer' };
const failed = (built: TimelineBuilder, facts: Facts): TimelineBuilder =>
  built.rung('credentials', { facts: { devLogin: 'failed', ...facts } });
const refused = (built: TimelineBuilder) => diagnosed(built.refused(401, '', BEARER));
const ladder = (): TimelineBuilder => timeline('ladder', 'ladder').with({ authMode: 'dev-login' });

describe('a refusal where the development login gave no token', () => {
  it.each([
    [408, 'auth-service-unavailable'],
    [429, 'auth-service-unavailable'],
    [499, 'credentials-refused'],
    [500, 'auth-service-unavailable'],
    [503, 'auth-service-unavailable'],
  ])('is that of a login that answered %i: %s', (status, cause) => {
    const found = refused(failed(ladder(), { status, code: null }).on('alice'));
    expect(found?.cause).toBe(cause);
    if (cause !== 'credentials-refused') expect(found?.summary).toContain(`failed (answered ${status})`);
  });

  it.each([
    ['DEADLINE', 'auth-service-unavailable'],
    ['ENOTFOUND', 'auth-service-unavailable'],
    ['ENETUNREACH', 'client-offline'],
  ])('is that of a login that came to %s: %s', (code, cause) => {
    const found = refused(failed(ladder(), { status: null, code }).on('alice'));
    expect(found).toMatchObject({ cause, confidence: 'likely' });
    expect(found?.summary).toContain(`failed (${code})`);
  });

  it('is about the login of the user who was refused, or else about the last that was made', () => {
    const two = () => failed(failed(ladder().on('alice'), { status: 500 }).on('bob'), { status: 502 });
    expect(refused(two().on('alice'))?.summary).toContain('(answered 500)');
    expect(refused(two())?.summary).toContain('(answered 502)');
    expect(refused(two().on('carol'))?.summary).toContain('(answered 502)');
  });

  it('is about no login that was made only afterwards, and about nothing else that was probed', () => {
    const early = failed(ladder().on('alice').refused(401, '', BEARER), { status: 500 });
    expect(diagnosed(early)).toMatchObject({ cause: 'credentials-refused', domain: 'harness' });
    const facts = { devLogin: 'failed', status: 500 };
    const other = ladder().on('alice').rung('health', { facts }).probe('own-clock', { facts }, 'credentials');
    expect(refused(other)).toMatchObject({ cause: 'credentials-refused', domain: 'harness' });
  });
});
