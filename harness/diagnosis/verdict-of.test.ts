import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../fixtures/timeline-builder.ts';
import { gravest } from './gravest.ts';
import { EXIT_CODES } from './verdict.ts';
import { verdictOf } from './verdict-of.ts';

const whole = (built = timeline(), attempt = 1) => built.opened({}, attempt).welcomed().asked().five().settled().left();
const ladder = () => timeline('ladder', 'ladder').with({ rules: [], scenario: 'ladder' });
const rungs = (built = ladder()) =>
  built.rung('configuration').rung('dns').rung('tcp').rung('health').rung('credentials');

describe('the verdict of a run', () => {
  it('passes with the evidence of its rules', () => {
    const verdict = verdictOn(whole());
    expect(verdict).toMatchObject({ outcome: 'passed', diagnosis: null, attempts: 1, flaky: false });
    if (verdict.outcome !== 'passed') throw new Error('it passed');
    expect(verdict.evidence.length).toBeGreaterThan(5);
    expect(verdict.rulings.length).toBeGreaterThan(20);
  });

  it('passes as flaky where a connection was turned away as not ready and dialled again', () => {
    const turnedAway = timeline().opened().closed(1011, 'Service not ready: agent_supervisor');
    expect(verdictOn(whole(turnedAway.opened({}, 2).closed(1013, 'warming up'), 3))).toMatchObject({
      outcome: 'passed',
      attempts: 3,
      flaky: true,
    });
  });

  it('is blocked where it was turned away as not ready at every try', () => {
    const turnedAway = timeline().opened().closed(1013, 'warming up').opened({}, 2).closed(1013, 'warming up');
    const verdict = verdictOn(turnedAway);
    expect(verdict).toMatchObject({ outcome: 'blocked', attempts: 2, diagnosis: { cause: 'not-ready' } });
  });

  it.each([
    [
      'failed',
      'application',
      whole(timeline()).on('bob').opened().welcomed().asked('t2').gaveUp().settled('gave-up', 't2'),
    ],
    ['blocked', 'infrastructure', timeline().refused(503)],
    ['unproven', 'harness', timeline().opened().welcomed().asked()],
  ] as const)('is %s where the trouble is of the %s', (outcome, domain, built) => {
    const verdict = verdictOn(built);
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.diagnosis?.domain).toBe(domain);
    expect(verdict.flaky).toBe(false);
  });

  it('is flaky where the ladder got on only after a failed try of a rung', () => {
    const refused = { phase: 'tcp', code: 'ECONNREFUSED', message: '' } as const;
    const climbed = (then: { readonly ok: boolean; readonly trouble: typeof refused | null }) =>
      timeline('ladder', 'ladder')
        .with({ rules: [] })
        .rung('tcp', { ok: false, trouble: refused })
        .rung('tcp', { ...then, facts: { attempts: 2 } });
    const passed = climbed({ ok: true, trouble: null }).opened().welcomed().rung('welcome').left();
    expect(verdictOf(passed.run(), [])).toMatchObject({ outcome: 'passed', flaky: true, attempts: 2 });
    const blocked = verdictOf(climbed({ ok: false, trouble: refused }).run(), []);
    expect(blocked).toMatchObject({ outcome: 'blocked', flaky: false, attempts: 2 });
    expect(blocked.diagnosis?.summary).toMatch(/, at the last of 2 attempts$/);
  });

  it('is flaky where it passed only after a failed try, and counts the tries', () => {
    const tried = timeline().refused(503, '', {}, 1).wait(500).failed({ code: 'ECONNREFUSED' }, 2).opened({}, 3);
    const verdict = verdictOn(tried.welcomed().asked().five().settled().left());
    expect(verdict).toMatchObject({ outcome: 'passed', flaky: true, attempts: 3 });
  });

  it('counts the tries of a run that never opened, and not those of probes', () => {
    expect(verdictOn(timeline().refused(503, '', {}, 1).refused(503, '', {}, 2).refused(503, '', {}, 3))).toMatchObject(
      { attempts: 3 },
    );
    expect(verdictOn(whole().on('probe', 'probe').failed({}, 4)).attempts).toBe(1);
  });

  it('never passes with unverified TLS, and fails as it would have', () => {
    const verdict = verdictOn(whole(timeline().with({ tlsUnverified: true })));
    expect(verdict).toMatchObject({
      outcome: 'unproven',
      flaky: false,
      diagnosis: {
        cause: 'config-invalid',
        phase: 'configuration',
        answeredBy: 'client',
        hint: 'unset NODE_TLS_REJECT_UNAUTHORIZED; for a private CA set NODE_EXTRA_CA_CERTS',
      },
    });
    expect(verdict.diagnosis?.summary).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
    expect(verdictOn(timeline().with({ tlsUnverified: true }).refused(503)).outcome).toBe('blocked');
  });

  it('never passes with no rulings at all', () => {
    expect(verdictOf(whole().run(), [])).toMatchObject({ outcome: 'unproven', diagnosis: { cause: 'nothing-judged' } });
  });
});

describe('the verdict of a ladder alone', () => {
  it('passes where every rung holds and the welcome was reached', () => {
    const verdict = verdictOn(rungs().opened().rung('upgrade').welcomed().rung('welcome').left());
    expect(verdict).toMatchObject({ outcome: 'passed', rulings: [] });
    if (verdict.outcome === 'passed')
      expect(verdict.evidence.map(({ kind }) => kind)).toEqual([...Array(6).fill('probed'), 'received', 'probed']);
    expect(verdictOn(rungs().rung('upgrade').rung('welcome')).outcome).toBe('passed');
  });

  it('is not stopped by a health that answers badly', () => {
    const sick = ladder().rung('health', { ok: false, answer: answer(503) });
    expect(verdictOn(sick.opened().rung('upgrade').welcomed().rung('welcome').left()).outcome).toBe('passed');
  });

  it('names the first broken rung', () => {
    const verdict = verdictOn(
      rungs()
        .refused(503)
        .rung('upgrade', { ok: false, answer: answer(503) }),
    );
    expect(verdict).toMatchObject({ outcome: 'blocked', diagnosis: { cause: 'service-unavailable' } });
  });

  it('proves nothing where it stopped short', () => {
    expect(verdictOn(rungs())).toMatchObject({ outcome: 'unproven', diagnosis: { cause: 'nothing-judged' } });
    expect(verdictOn(ladder())).toMatchObject({ outcome: 'unproven' });
    expect(verdictOn(ladder().opened().welcomed().left())).toMatchObject({ outcome: 'unproven' });
  });

  it('is refused by a peer that closes before its welcome', () => {
    const closed = rungs()
      .opened()
      .rung('upgrade')
      .closed(1011, 'Service not ready: agent_supervisor')
      .rung('welcome', { ok: false });
    expect(verdictOn(closed)).toMatchObject({
      outcome: 'blocked',
      diagnosis: { cause: 'not-ready', phase: 'welcome' },
    });
  });
});

describe('the gravest of several verdicts', () => {
  const passed = verdictOn(whole());
  const failed = verdictOn(timeline().opened().closed(1011));
  const blocked = verdictOn(timeline().refused(503));
  const unproven = verdictOn(timeline());

  it('is a broken promise, then a blocked way, then a doubt', () => {
    expect(gravest([passed, unproven, blocked, failed])).toBe(failed);
    expect(gravest([passed, unproven, blocked])).toBe(blocked);
    expect(gravest([unproven, passed])).toBe(unproven);
    expect(gravest([passed])).toBe(passed);
  });

  it('is the earliest among equals, unless another user is concerned', () => {
    const again = verdictOn(timeline().opened().closed(1011));
    expect(gravest([failed, again])).toBe(failed);
    if (again.outcome !== 'failed') throw new Error('it failed');
    const leak = { ...again, diagnosis: { ...again.diagnosis, cause: 'cross-user' } } as const;
    expect(gravest([failed, leak])).toBe(leak);
  });

  it('ends a command with its exit code', () => {
    expect(EXIT_CODES).toEqual({ passed: 0, failed: 1, blocked: 2, unproven: 3 });
  });
});
