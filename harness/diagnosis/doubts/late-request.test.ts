import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

/** A dial that ended with this after a stall that lay in it. */
const failed = (code: string, phase: 'tcp' | 'upgrade' = 'upgrade', stallMs = 2000, message = '') =>
  timeline()
    .dialled()
    .stalled(stallMs)
    .failed({ code, phase, message }, 1, stallMs + 5);
const refused = (status: number) => timeline().stalled(2000).wait(1).refused(status);

describe('a connection that could not be had while this process was stopped', () => {
  it.each(['ECONNRESET', 'HANG_UP', 'EPIPE', 'ETIMEDOUT', 'TLS_EOF', 'DEADLINE'])('by %s is likely ours', (code) => {
    expect(diagnosed(failed(code))).toMatchObject({
      cause: 'harness-stalled',
      domain: 'harness',
      confidence: 'likely',
    });
    expect(diagnosed(timeline().failed({ code, phase: 'upgrade' }))?.domain).toBe('infrastructure');
  });

  it('says how late we were, where, and what it would be otherwise', () => {
    const found = diagnosed(failed('ECONNRESET'));
    expect(found?.summary).toMatch(
      /^this process was late by 2000 ms itself \(stopped or starved from outside\) while it waited at upgrade: no WebSocket at /,
    );
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['connection-reset']);
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['stalled', 'failed']);
  });

  it('says so where a timer of a library gave up one of several addresses', () => {
    const both = 'connect ETIMEDOUT 127.0.0.1:1; connect ECONNREFUSED ::1:1';
    expect(diagnosed(failed('ECONNREFUSED', 'tcp', 400, both))?.cause).toBe('harness-stalled');
    expect(diagnosed(failed('ECONNREFUSED', 'tcp', 400, 'connect ECONNREFUSED ::1:1'))?.cause).toBe(
      'connection-refused',
    );
  });

  it.each([408, 504])('by %i is likely ours', (status) => {
    const late = timeline()
      .dialled()
      .stalled(2000)
      .note({
        kind: 'refused',
        attempt: 1,
        answer: { status, headers: {}, bodyHead: '' },
        tookMs: 2000,
      });
    expect(diagnosed(late)?.cause).toBe('harness-stalled');
    expect(diagnosed(timeline().refused(status))?.domain).toBe('infrastructure');
  });

  it.each([
    [503, 'service-unavailable'],
    [500, 'upgrade-server-error'],
    [404, 'upgrade-not-found'],
  ])('by %i is what it says: nobody answers so for our sake', (status, cause) => {
    const answered = timeline()
      .dialled()
      .stalled(2000)
      .note({
        kind: 'refused',
        attempt: 1,
        answer: { status, headers: {}, bodyHead: '' },
        tookMs: 2000,
      });
    expect(diagnosed(answered)?.cause).toBe(cause);
  });

  it('is theirs where the stall was short, or over before the dial', () => {
    expect(diagnosed(failed('ECONNRESET', 'upgrade', 140))?.cause).toBe('connection-reset');
    expect(diagnosed(timeline().stalled(2000).wait(1).failed({ code: 'ECONNRESET' }))?.cause).toBe('connection-reset');
    expect(diagnosed(refused(408))?.cause).toBe('not-ready');
  });

  it('is theirs where we waited for long enough besides', () => {
    const { maxMs } = timeline().run().header.budgets.connect;
    const waited = timeline().dialled().stalled(300).wait(maxMs);
    const expired = waited.failed({ code: 'DEADLINE', phase: 'upgrade' }, 1, maxMs + 301);
    expect(diagnosed(expired)?.cause).toBe('upgrade-timeout');
  });

  it('leaves the failure of another connection what it is', () => {
    const other = failed('ECONNRESET').on('bob').refused(503);
    expect(diagnosed(other)?.cause).toBe('service-unavailable');
  });
});

describe('a rung that broke while this process was stopped', () => {
  const trouble = { phase: 'health', code: 'HANG_UP', message: 'other side closed' } as const;
  const rung = (tookMs: number) =>
    timeline('ladder', 'ladder').stalled(800).rung('health', { ok: false, tookMs, trouble });

  it('is likely ours', () => {
    expect(diagnosed(rung(900))).toMatchObject({ cause: 'harness-stalled', phase: 'health' });
    expect(diagnosed(rung(0))?.domain).toBe('infrastructure');
  });

  it('for want of a token is measured by the time that a token may take', () => {
    const { maxMs } = timeline().run().header.budgets.credentials;
    const waited = (ms: number) =>
      timeline('ladder', 'ladder')
        .with({ authMode: 'simulate' })
        .stalled(800)
        .wait(ms)
        .rung('credentials', {
          ok: false,
          tookMs: ms + 900,
          trouble: { phase: 'credentials', code: 'DEADLINE', message: '' },
        });
    expect(diagnosed(waited(maxMs - 200))?.cause).toBe('harness-stalled');
    expect(diagnosed(waited(maxMs + 200))?.cause).toBe('auth-service-unavailable');
  });
});
