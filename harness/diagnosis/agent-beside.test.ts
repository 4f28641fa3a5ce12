import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';

const asked = () => timeline().opened().welcomed().asked();
const silent = (built: TimelineBuilder, leg = 'gap') =>
  built.gaveUp(leg).probe('ping', {}, 'welcome').settled('gave-up').left();

describe('the agent over HTTP', () => {
  const beside = (built: TimelineBuilder, facts: { readonly answered: boolean; readonly absent: boolean }) =>
    diagnosed(built.probe('agent-over-http', { ok: facts.answered, facts, detail: 'answered 500' }, 'health'));
  const WORKS = { answered: true, absent: false };
  const BROKEN = { answered: false, absent: false };

  it('proves the application apart from the platform, and never changes whose it is', () => {
    const found = beside(timeline().refused(503), WORKS);
    expect(found).toMatchObject({ cause: 'service-unavailable', domain: 'infrastructure' });
    expect(found?.summary).toMatch(/; the agent answers over HTTP: the application works, the socket does not$/);
    expect(found?.evidence.at(-1)).toMatchObject({ probe: 'agent-over-http' });
  });

  it('points at what carries the events where the application is to blame', () => {
    const found = beside(silent(asked(), 'first-event'), WORKS);
    expect(found).toMatchObject({ cause: 'run-silent', domain: 'application' });
    expect(found?.hint).toMatch(/^the agent itself works: look at what carries its events/);
  });

  it('says where the application does not work either', () => {
    const found = beside(timeline().refused(503), BROKEN);
    expect(found?.domain).toBe('infrastructure');
    expect(found?.hint).toMatch(
      /; over HTTP the agent does not work either \(answered 500\), so look at the application too$/,
    );
  });

  it('says nothing where it is not offered, or where the trouble is ours', () => {
    expect(beside(timeline().refused(503), { answered: false, absent: true })?.hint).not.toContain('over HTTP');
    expect(beside(timeline().failed({ phase: 'tcp', code: 'EMFILE' }), WORKS)?.summary).not.toContain('over HTTP');
  });
});
