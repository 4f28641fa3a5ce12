import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { LEAST_STALL_MS, STALL_TICK_MS } from '../../timeline/stall-watch.ts';
import type { CauseCode } from '../causes.ts';
import { diagnosisOf } from '../finding.ts';
import { expiredMeanwhile } from './expired-meanwhile.ts';
import { shortWatch } from './short-watch.ts';
import { spoiltProbe } from './spoilt-probe.ts';

function found(run: Run, cause: CauseCode, kind: Observation['kind']) {
  const [first, ...more] = run.observations.filter((at) => at.kind === kind);
  if (first === undefined) throw new Error(`nothing was ${kind}`);
  const evidence = [first, ...more] as const;
  return diagnosisOf({ cause, phase: 'stream', answeredBy: 'none', summary: 'it was so', evidence });
}

describe('a silence that was watched for too short', () => {
  const { maxMs } = timeline().run().header.budgets.gap;
  const short = timeline()
    .opened()
    .stalled(maxMs)
    .gaveUp('gap', maxMs + 500)
    .run();

  it.each<CauseCode>([
    'welcome-missing',
    'run-silent',
    'run-stalled',
    'event-missing',
    'half-open',
    'process-stalled',
    'connection-lost',
  ])('is no %s', (cause) => {
    expect(shortWatch(short, found(short, cause, 'gave-up'))?.cause).toBe('harness-stalled');
  });

  it.each<CauseCode>(['event-duplicated', 'handler-crashed', 'connection-reset'])('may be %s', (cause) => {
    expect(shortWatch(short, found(short, cause, 'gave-up'))).toBeNull();
  });

  // A stall is looked for only so often, and told from so much on: that much may have been ours besides.
  const unseenMs = STALL_TICK_MS + LEAST_STALL_MS;
  it.each([
    [unseenMs + 1000, 'harness-stalled'],
    [unseenMs + 1001, null],
  ])('of a pong is one where we were awake for no more than a second of it (%i ms)', (awakeMs, cause) => {
    const run = timeline()
      .opened()
      .note({ kind: 'pinged' })
      .stalled(1000)
      .wait(awakeMs)
      .note({ kind: 'settled', turn: 't1', because: 'gave-up' })
      .run();
    expect(shortWatch(run, found(run, 'half-open', 'pinged'))?.cause ?? null).toBe(cause);
  });
});

describe('a pong that was waited for while this process was stopped', () => {
  const pinged = () => timeline().opened().note({ kind: 'pinged' });
  const doubtAbout = (built: ReturnType<typeof timeline>) => {
    const run = built.run();
    return shortWatch(run, found(run, 'half-open', 'pinged'))?.cause ?? null;
  };

  it.each([
    ['settled', (one) => one.settled('gave-up')],
    ['closing', (one) => one.note({ kind: 'closing', code: 1000 })],
    ['closed', (one) => one.closed(1006, '', 'fin')],
  ] as const satisfies readonly (readonly [string, (one: ReturnType<typeof timeline>) => unknown])[])(
    'was waited for until the connection was %s, and no longer',
    (_kind, end) => {
      const ended = end(pinged().stalled(2000).wait(900));
      expect(doubtAbout(ended.wait(5000).note({ kind: 'noted', topic: 'x', text: '' }))).toBe('harness-stalled');
    },
  );

  it('was waited for as long as its own connection lasted', () => {
    const other = pinged().stalled(2000).wait(100).on('bob').closed(1006).on('alice').wait(5000);
    expect(doubtAbout(other.note({ kind: 'noted', topic: 'x', text: '' }))).toBeNull();
  });

  it('was not waited for at all where nothing came after the ping', () => {
    expect(doubtAbout(timeline().opened().stalled(2000).note({ kind: 'pinged' }))).toBeNull();
  });
});

describe('a timer of our own', () => {
  it.each([
    ['DEADLINE', 149, false],
    ['DEADLINE', 150, true],
    ['ETIMEDOUT', 149, false],
    ['ETIMEDOUT', 150, true],
    ['UND_ERR_CONNECT_TIMEOUT', 150, true],
    ['ECONNRESET', 499, false],
    ['ECONNRESET', 500, true],
    ['ECONNABORTED', 500, true],
    ['EPIPE', 500, true],
    ['HANG_UP', 500, true],
    ['TLS_EOF', 500, true],
    ['UND_ERR_SOCKET', 500, true],
    ['ECONNREFUSED', 5000, false],
  ])('%s after we were late by %i ms is ours: %s', (code, lateByMs, isOurs) => {
    const failed = timeline()
      .dialled()
      .stalled(lateByMs)
      .failed({ code, phase: 'upgrade' }, 1, lateByMs + 5);
    expect(diagnosed(failed)?.cause === 'harness-stalled').toBe(isOurs);
  });
});

describe('a token that expired meanwhile', () => {
  const START = Date.parse(timeline().run().header.startedAt);
  // Refused 5010 ms after the run began, 2000 ms of which we were late.
  it.each([
    [3010, false],
    [3011, true],
    [5010, true],
    [6010, true],
    [6011, false],
  ])('%i ms after the run began is ours: %s', (lifeMs, isOurs) => {
    const run = timeline()
      .credentialed('simulate', START + lifeMs)
      .wait(3000)
      .stalled(2000)
      .refused(401)
      .run();
    const doubt = expiredMeanwhile(run, found(run, 'credentials-refused', 'refused'));
    expect(doubt?.cause === 'harness-stalled').toBe(isOurs);
  });
});

describe('a follow-up during which this process was stopped', () => {
  const probed = (seen: { readonly answer: ReturnType<typeof answer> | null; readonly ok?: boolean }, lateByMs = 500) =>
    timeline()
      .opened()
      .stalled(lateByMs)
      .probe('backend-health', { ok: false, tookMs: lateByMs, ...seen })
      .run();

  it.each([
    [null, 500, true],
    [null, 499, false],
    [answer(408), 500, true],
    [answer(504), 500, true],
    [answer(503), 500, false],
    [answer(400), 500, false],
  ])('says nothing where it was answered %j', (given, lateByMs, isSpoilt) => {
    const run = probed({ answer: given }, lateByMs);
    expect(spoiltProbe(run, found(run, 'connection-lost', 'probed')) !== null).toBe(isSpoilt);
  });

  it.each([
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
    ['ECONNRESET', true],
    ['DEADLINE', true],
  ])('says nothing where it came to %s: %s', (code, isSpoilt) => {
    const run = timeline()
      .opened()
      .stalled(500)
      .probe('backend-health', { ok: false, tookMs: 500, trouble: { phase: 'tcp', code, message: '' } })
      .run();
    expect(spoiltProbe(run, found(run, 'connection-lost', 'probed')) !== null).toBe(isSpoilt);
  });

  it('says what it says where it went well', () => {
    const run = probed({ answer: answer(408), ok: true });
    expect(spoiltProbe(run, found(run, 'connection-lost', 'probed'))).toBeNull();
  });
});
