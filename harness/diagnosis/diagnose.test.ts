import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRun } from '../../fixtures/arbitrary-run.ts';
import { diagnosed, verdictOn } from '../../fixtures/diagnosed.ts';
import { broken } from '../../fixtures/ruled.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { judge } from '../judge/judge.ts';
import { CAUSE_CODES, CAUSES } from './causes.ts';
import { diagnose } from './diagnose.ts';
import { EXIT_CODES } from './verdict.ts';
import { verdictOf } from './verdict-of.ts';

describe('a diagnosis', () => {
  it('is made of any timeline whatever, without throwing, and commits to a domain', () => {
    fc.assert(
      fc.property(anyRun, (one) => {
        const rulings = judge(one);
        const verdict = verdictOf(one, rulings);
        expect(EXIT_CODES).toHaveProperty(verdict.outcome);
        const { diagnosis } = verdict;
        expect(diagnosis === null).toBe(verdict.outcome === 'passed');
        if (diagnosis === null) return;
        expect(CAUSE_CODES).toContain(diagnosis.cause);
        expect(diagnosis.summary).not.toMatch(/undefined|\[object|NaN/);
        expect(diagnosis.hint.length).toBeGreaterThan(0);
        expect(diagnosis.evidence.length).toBeGreaterThan(0);
        if (diagnosis.confidence !== 'certain') expect(diagnosis.rivals.length).toBeGreaterThan(0);
        for (const { check } of diagnosis.rivals) expect(check).toMatch(/\?/);
        if (diagnosis.cause !== 'credentials-refused') expect(diagnosis.domain).toBe(CAUSES[diagnosis.cause].domain);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('is the same however often it is made', () => {
    fc.assert(
      fc.property(anyRun, (one) => {
        expect(diagnose(one, judge(one))).toEqual(diagnose(one, judge(one)));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('is not moved by heartbeats and messages that nobody knows', () => {
    const noisy = timeline().opened().welcomed().received({ type: 'heartbeat' }).asked().event('agent_started');
    const found = diagnosed(noisy.received({ type: 'zzz_unknown' }).closed(1012).settled('closed'));
    const plain = diagnosed(
      timeline().opened().welcomed().asked().event('agent_started').closed(1012).settled('closed'),
    );
    expect(found).toMatchObject({ cause: 'connection-lost' });
    expect(found?.summary).toBe(plain?.summary);
  });
});

describe('what explains the others', () => {
  it('is not the refused dial of one user where another, whose pings are answered, waits in vain', () => {
    const two = timeline().opened().welcomed().asked().gaveUp().settled('gave-up').on('bob').refused(503);
    expect(verdictOn(two)).toMatchObject({ outcome: 'failed', diagnosis: { cause: 'run-silent' } });
  });

  it('is not the refused dial of one user where the run of another ended with a promise broken', () => {
    const two = timeline().opened().welcomed().asked().five('agent_thinking').settled().on('bob').refused(503);
    expect(verdictOn(two)).toMatchObject({
      outcome: 'failed',
      diagnosis: { cause: 'event-missing', domain: 'application' },
    });
    const kept = timeline().opened().welcomed().asked().five().settled().on('bob').refused(503);
    expect(verdictOn(kept)).toMatchObject({ outcome: 'blocked', diagnosis: { cause: 'service-unavailable' } });
    const late = timeline()
      .opened()
      .welcomed()
      .asked()
      .wait(2500)
      .five()
      .settled()
      .on('bob')
      .failed({ code: 'EMFILE' });
    expect(verdictOn(late)).toMatchObject({ outcome: 'unproven', diagnosis: { cause: 'client-exhausted' } });
    const both = timeline()
      .opened()
      .welcomed()
      .asked()
      .five('agent_thinking')
      .settled()
      .on('bob')
      .opened()
      .closed(1011);
    expect(verdictOn(both)).toMatchObject({ outcome: 'failed', diagnosis: { cause: 'closed-with-error' } });
  });

  it("is another user's data, whatever became of this process", () => {
    const crashed = timeline().opened().note({ kind: 'noted', topic: 'harness-crashed', text: 'a bug' }).run();
    expect(diagnose(crashed, [])?.cause).toBe('harness-crashed');
    expect(diagnose(crashed, [broken('identity/own-user')])?.cause).toBe('cross-user');
  });

  it('is the lost connection before the events that it swallowed', () => {
    const lost = timeline()
      .opened()
      .welcomed()
      .asked()
      .event('agent_started')
      .closed(1006, '', 'reset')
      .settled('closed');
    expect(diagnosed(lost)?.cause).toBe('connection-lost');
  });

  it('is the word of the target before the close code, and the close code before the silence', () => {
    const said = timeline()
      .opened()
      .welcomed()
      .asked()
      .received({ type: 'error', data: { message: 'out of memory' } });
    expect(diagnosed(said.closed(1011).settled('closed'))?.cause).toBe('run-failed');
    expect(diagnosed(timeline().opened().welcomed().asked().closed(1011).settled('closed'))?.cause).toBe(
      'closed-with-error',
    );
  });
});
