import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const unanswered = () =>
  timeline()
    .opened()
    .welcomed()
    .asked()
    .event('agent_started')
    .gaveUp('gap', 90_000)
    .note({ kind: 'pinged' })
    .wait(2000)
    .settled('gave-up');
const NO_ANSWER = { ok: false, trouble: { phase: 'health', code: 'DEADLINE', message: '' } } as const;
const NO_UPGRADE = { ok: false, trouble: { phase: 'upgrade', code: 'DEADLINE', message: '' } } as const;
const UNREACHABLE = { ok: false, trouble: { phase: 'tcp', code: 'DEADLINE', message: '' } } as const;

describe('a connection that answers nothing, not even a ping', () => {
  it('is half open where others are answered', () => {
    const found = diagnosed(
      unanswered()
        .probe('backend-health', { answer: answer(200) }, 'health')
        .probe('fresh-upgrade'),
    );
    expect(found).toMatchObject({ cause: 'half-open', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.summary).toBe(
      'session alice answers nothing, not even a ping, for 2002 ms, while a fresh connection opens',
    );
  });

  it('is half open where only one of the two is answered, and less surely so', () => {
    const health = diagnosed(
      unanswered()
        .probe('backend-health', { answer: answer(200) }, 'health')
        .probe('fresh-upgrade', NO_UPGRADE),
    );
    expect(health).toMatchObject({ cause: 'half-open', confidence: 'ambiguous' });
    const alone = diagnosed(unanswered().probe('backend-health', { answer: answer(404) }, 'health'));
    expect(alone).toMatchObject({ cause: 'half-open', confidence: 'likely' });
    const opens = diagnosed(unanswered().probe('backend-health', NO_ANSWER, 'health').probe('fresh-upgrade'));
    expect(opens).toMatchObject({ cause: 'half-open', confidence: 'ambiguous' });
    expect(diagnosed(unanswered().probe('fresh-upgrade'))).toMatchObject({ cause: 'half-open', confidence: 'likely' });
  });

  it('may be either where nobody asked further', () => {
    const found = diagnosed(unanswered());
    expect(found).toMatchObject({ cause: 'half-open', confidence: 'ambiguous' });
    expect(found?.rivals[0]?.cause).toBe('process-stalled');
  });

  it('is a stalled process where its port takes connections that nobody answers', () => {
    const found = diagnosed(
      unanswered().probe('backend-health', NO_ANSWER, 'health').probe('fresh-upgrade', NO_UPGRADE),
    );
    expect(found).toMatchObject({ cause: 'process-stalled', domain: 'application', confidence: 'likely' });
  });

  it('is lost where the target cannot be reached any more', () => {
    const found = diagnosed(
      unanswered().probe('backend-health', UNREACHABLE, 'health').probe('fresh-upgrade', UNREACHABLE),
    );
    expect(found).toMatchObject({ cause: 'connection-lost', domain: 'infrastructure', answeredBy: 'network' });
  });

  it('is a stalled process even where an earlier ping was answered', () => {
    const stalled = timeline().opened().welcomed().asked().gaveUp().settled('gave-up');
    expect(
      diagnosed(stalled.probe('backend-health', NO_ANSWER, 'health').probe('fresh-upgrade', NO_UPGRADE))?.cause,
    ).toBe('process-stalled');
    const alive = timeline().opened().welcomed().asked().gaveUp().settled('gave-up');
    expect(diagnosed(alive.probe('backend-health', NO_ANSWER, 'health').probe('fresh-upgrade'))?.cause).toBe(
      'run-silent',
    );
  });

  it('is alive where a pong came, where anything arrived since, or where the ping has had no time', () => {
    const silent = () => timeline().opened().welcomed().asked();
    expect(
      diagnosed(silent().gaveUp().note({ kind: 'pinged' }).wait(1).note({ kind: 'ponged' }).settled('gave-up'))?.cause,
    ).toBe('run-silent');
    const heartbeat = silent()
      .note({ kind: 'pinged' })
      .wait(5)
      .received({ type: 'heartbeat' })
      .gaveUp()
      .settled('gave-up');
    expect(diagnosed(heartbeat)?.cause).not.toBe('process-stalled');
    const ladder = timeline('ladder', 'ladder')
      .with({ rules: [] })
      .opened()
      .note({ kind: 'gave-up', waitingFor: 'welcome', afterMs: 1 })
      .note({ kind: 'pinged' })
      .wait(100);
    expect(diagnosed(ladder.left())?.cause).toBe('welcome-missing');
  });

  it('is told by a ping of a probe too', () => {
    const probed = timeline().opened().welcomed().asked().gaveUp().settled('gave-up').probe('ping', { ok: false });
    expect(diagnosed(probed)?.cause).toBe('half-open');
  });

  it('is judged by the ladder alone as well', () => {
    const ladder = timeline('ladder', 'ladder')
      .with({ rules: [] })
      .opened()
      .gaveUp('welcome', 3000)
      .note({ kind: 'pinged' })
      .wait(2000);
    expect(diagnosed(ladder.left().rung('welcome', { ok: false }))?.cause).toBe('half-open');
  });
});

describe('a connection without a welcome', () => {
  const unwelcomed = () =>
    timeline().opened().gaveUp('welcome', 3000).note({ kind: 'pinged' }).wait(1).note({ kind: 'ponged' });

  it('is a missing welcome where it is alive', () => {
    const found = diagnosed(unwelcomed().left());
    expect(found).toMatchObject({
      cause: 'welcome-missing',
      domain: 'application',
      phase: 'welcome',
      confidence: 'certain',
    });
    expect(found?.summary).toBe('session alice opened and got no welcome within 3000 ms');
  });

  it('is likely one where nobody pinged', () => {
    expect(diagnosed(timeline().opened().gaveUp('welcome').left())).toMatchObject({
      cause: 'welcome-missing',
      confidence: 'likely',
    });
  });

  it('is told by the rung of the ladder, unless it was cut short', () => {
    const rung = (ms: number) =>
      timeline('ladder', 'ladder').with({ rules: [] }).opened().wait(ms).rung('welcome', { ok: false });
    expect(diagnosed(rung(3000))?.cause).toBe('welcome-missing');
    expect(diagnosed(rung(100))?.cause).toBe('nothing-judged');
  });

  it('is told by the rule', () => {
    const asked = timeline().opened().asked().five().settled().left();
    expect(diagnosed(asked)).toMatchObject({ cause: 'welcome-missing', phase: 'welcome' });
  });

  it('proves nothing where the run was interrupted', () => {
    expect(diagnosed(timeline().opened().wait(10))?.cause).toBe('nothing-judged');
  });
});

describe('a frame that no endpoint may send', () => {
  const broken = { kind: 'frame-broken', code: 'WS_ERR_INVALID_UTF8', message: 'Invalid UTF-8 sequence' } as const;

  it.each(['local', 'fin', 'frame'] as const)('is the cause where the connection then ends by %s', (how) => {
    const found = diagnosed(
      timeline().opened().welcomed().asked().note(broken).closed(1007, '', how).settled('closed'),
    );
    expect(found).toMatchObject({ cause: 'frame-invalid', domain: 'application' });
    expect(found?.summary).toContain('Invalid UTF-8 sequence (WS_ERR_INVALID_UTF8)');
  });

  it('is the cause where it came before the welcome, without words', () => {
    const found = diagnosed(
      timeline()
        .opened()
        .note({ ...broken, message: '' })
        .closed(1006, '', 'local'),
    );
    expect(found).toMatchObject({ cause: 'frame-invalid', phase: 'welcome' });
  });

  it('is a broken promise where the run had come to its end', () => {
    expect(diagnosed(timeline().opened().welcomed().asked().five().settled().note(broken))?.cause).toBe(
      'frame-invalid',
    );
  });
});
