import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const START = Date.parse(timeline().run().header.startedAt);
const midRun = () => timeline().credentialed('mint').opened().welcomed().asked().event('agent_started');

describe('a token that expired while this process was stopped', () => {
  const used = (lifeMs: number) =>
    timeline()
      .credentialed('simulate', START + lifeMs)
      .opened()
      .welcomed()
      .asked();
  const refused = (lifeMs: number, stallMs: number) =>
    timeline()
      .credentialed('simulate', START + lifeMs)
      .stalled(stallMs)
      .refused(401, '{"error":"token expired"}', { 'content-type': 'application/json' });

  it('is likely ours where what came of it was read before the stall was noted', () => {
    const read = timeline()
      .credentialed('simulate', START + 3000)
      .wait(5000)
      .refused(401, '{"error":"token expired"}', { 'content-type': 'application/json' });
    expect(diagnosed(read.stalled(5000))?.cause).toBe('harness-stalled');
  });

  it('is likely ours at the upgrade', () => {
    expect(diagnosed(refused(3000, 5000))).toMatchObject({ cause: 'harness-stalled', domain: 'harness' });
    expect(diagnosed(refused(3000, 5000))?.summary).toContain('and its token expired meanwhile: ');
  });

  it('is likely ours on the ladder', () => {
    const ladder = timeline('ladder', 'ladder')
      .credentialed('simulate', START + 3000)
      .stalled(5000)
      .rung('upgrade', {
        ok: false,
        answer: answer(401, '{"error":"token expired"}', { 'content-type': 'application/json' }),
      });
    expect(diagnosed(ladder)).toMatchObject({ cause: 'harness-stalled', rivals: [{ cause: 'credentials-refused' }] });
  });

  it('is likely ours in the middle of a run, by a reason or by a code', () => {
    const closed = (code: number, reason: string) =>
      diagnosed(used(3000).stalled(5000).closed(code, reason).settled('closed'))?.cause;
    expect(closed(1008, 'token expired')).toBe('harness-stalled');
    expect(closed(4401, '')).toBe('harness-stalled');
    const said = used(3000)
      .stalled(5000)
      .received({ type: 'error', data: { code: 'AUTH_EXPIRED', message: 'token expired' } });
    expect(diagnosed(said.closed(1008).settled('closed'))?.cause).toBe('harness-stalled');
  });

  it('is likely ours where the stall was noted only after it', () => {
    const noted = timeline()
      .credentialed('simulate', START + 3000)
      .wait(5000)
      .refused(401, '{"error":"token expired"}', { 'content-type': 'application/json' })
      .note({ kind: 'stalled', lateByMs: 4990, frozen: true });
    expect(diagnosed(noted)?.cause).toBe('harness-stalled');
  });

  it('is theirs where it had not expired, had expired before, or would have expired all the same', () => {
    expect(diagnosed(refused(60_000, 5000))?.cause).toBe('credentials-refused');
    expect(diagnosed(refused(-60_000, 5000))?.cause).toBe('credentials-refused');
    const slow = timeline()
      .credentialed('simulate', START + 3000)
      .stalled(200)
      .wait(9000)
      .refused(401, '{"error":"token expired"}', { 'content-type': 'application/json' });
    expect(diagnosed(slow)?.cause).toBe('credentials-refused');
  });

  it('counts the time that the machine slept, which no monotonic clock counts', () => {
    const slept = timeline()
      .credentialed('simulate', START + 3000)
      .note({ kind: 'stalled', lateByMs: 3_600_000, frozen: true, sleptMs: 3_600_000 })
      .refused(401, '{"error":"token expired"}', { 'content-type': 'application/json' });
    expect(diagnosed(slept)?.cause).toBe('harness-stalled');
  });
});

describe('a follow-up that went wrong while this process was stopped', () => {
  const vanished = () => midRun().wait(500).closed(1006, '', 'fin').settled('closed').wait(5);
  const silent = { ok: false, tookMs: 2500, trouble: { phase: 'health', code: 'ECONNRESET', message: '' } } as const;

  it('decides nothing', () => {
    const stalled = vanished().wait(5).stalled(2000).probe('backend-health', silent, 'health');
    expect(diagnosed(stalled)).toMatchObject({ cause: 'harness-stalled', rivals: [{ cause: 'connection-lost' }] });
    expect(diagnosed(stalled)?.summary).toContain('while it looked for the reason: ');
    const calm = vanished().wait(2000).probe('backend-health', silent, 'health');
    expect(diagnosed(calm)?.cause).toBe('connection-lost');
  });

  it('decides where it was answered all the same', () => {
    const answered = vanished()
      .stalled(2000)
      .probe('backend-health', { tookMs: 2500, answer: answer(200) }, 'health');
    expect(diagnosed(answered)?.cause).toBe('handler-crashed');
    const broken = vanished()
      .stalled(2000)
      .probe('backend-health', { ok: false, tookMs: 2500, answer: answer(503) }, 'health');
    expect(diagnosed(broken)?.cause).toBe('connection-lost');
  });

  it('decides nothing as a repetition either, unless that went through', () => {
    const again = (stallMs: number) =>
      vanished()
        .probe('fresh-upgrade')
        .on('repetition', 'probe')
        .opened()
        .welcomed()
        .asked('r1')
        .stalled(stallMs)
        .closed(1006, '', 'fin')
        .settled('closed', 'r1');
    expect(diagnosed(again(2000))?.cause).toBe('harness-stalled');
    expect(diagnosed(again(10))?.cause).toBe('handler-crashed');
    const through = vanished().probe('fresh-upgrade').on('repetition', 'probe').opened().welcomed().asked('r1');
    expect(diagnosed(through.stalled(2000).five().settled('complete', 'r1'))?.cause).toBe('connection-lost');
  });
});

describe('a silence in which this process was stopped', () => {
  const { maxMs } = timeline().run().header.budgets.gap;

  it('is no finding where we watched for less than the promise allows', () => {
    const short = midRun()
      .stalled(maxMs)
      .gaveUp('gap', maxMs + 500)
      .settled('gave-up');
    expect(diagnosed(short)).toMatchObject({ cause: 'harness-stalled', rivals: [{ cause: 'run-stalled' }] });
    expect(diagnosed(short)?.summary).toContain('while it waited: ');
  });

  it('is one where we watched for long enough besides, unless the target may have given up on us', () => {
    const ample = (stallMs: number) =>
      diagnosed(
        midRun()
          .stalled(stallMs)
          .gaveUp('gap', maxMs + stallMs + 500)
          .settled('gave-up'),
      );
    expect(ample(400)?.cause).toBe('run-stalled');
    expect(ample(1000)?.summary).toContain('while the connection was open, and the target may have given up on us: ');
  });

  it('says nothing of pings either that nobody could answer in it', () => {
    const deaf = (stallMs: number) =>
      timeline()
        .opened()
        .welcomed()
        .note({ kind: 'asked', turn: 't1', intendedAtMs: 0 })
        .note({ kind: 'sent', text: '{"type":"chat"}' })
        .note({ kind: 'pinged' })
        .stalled(stallMs)
        .wait(2400 - stallMs)
        .note({ kind: 'noted', topic: 'x', text: '' });
    expect(diagnosed(deaf(2000))?.cause).toBe('harness-stalled');
    expect(diagnosed(deaf(0))?.domain).not.toBe('harness');
  });
});

describe('what the target did wrong by what it sent', () => {
  it('stays wrong, however late we were', () => {
    const twice = { type: 'agent_thinking', data: { run_id: 'run-1', agent_name: 'triage' }, event_id: 'e1' };
    const { maxMs } = timeline().run().header.budgets.gap;
    const run = midRun()
      .received(twice)
      .received(twice)
      .stalled(maxMs)
      .gaveUp('gap', maxMs + 500)
      .settled('gave-up');
    expect(diagnosed(run)).toMatchObject({ cause: 'event-duplicated', domain: 'application' });
  });
});

describe('a connection that was taken away while no descriptor was left', () => {
  const reset = () => timeline().failed({ code: 'ECONNRESET', phase: 'upgrade' });
  const resources = (exhausted: boolean) =>
    reset().probe(
      'own-resources',
      { ok: !exhausted, facts: { exhausted }, detail: '30 of 33 descriptors' },
      'configuration',
    );

  it('is ours, by what our own resources say or by a code', () => {
    expect(diagnosed(resources(true))).toMatchObject({
      cause: 'client-exhausted',
      rivals: [{ cause: 'connection-reset' }],
    });
    expect(diagnosed(resources(true))?.summary).toMatch(
      /^this process had no descriptor left \(30 of 33 descriptors\): no WebSocket at /,
    );
    const health = { ok: false, trouble: { phase: 'tcp', code: 'EMFILE', message: '' } } as const;
    expect(diagnosed(reset().probe('backend-health', health, 'health'))?.cause).toBe('client-exhausted');
  });

  it('is theirs where descriptors were left, or where they answered', () => {
    expect(diagnosed(resources(false))?.cause).toBe('connection-reset');
    const refused = timeline()
      .refused(503)
      .probe('own-resources', { facts: { exhausted: true } }, 'configuration');
    expect(diagnosed(refused)?.cause).toBe('service-unavailable');
  });
});
