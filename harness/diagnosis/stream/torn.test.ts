import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const midRun = () => timeline().opened().welcomed().asked().event('agent_started').wait(500);
const fin = (built: TimelineBuilder = midRun()) => built.closed(1006, '', 'fin').settled('closed');
const repeated = (built: TimelineBuilder) => built.on('repetition', 'probe').opened().welcomed().asked('again');

describe('a connection that ended without a close frame', () => {
  it('was lost where it was reset or the kernel gave it up', () => {
    const reset = diagnosed(midRun().closed(1006, '', 'reset', 'ECONNRESET').settled('closed'));
    expect(reset).toMatchObject({
      cause: 'connection-lost',
      domain: 'infrastructure',
      confidence: 'certain',
      answeredBy: 'network',
    });
    expect(reset?.summary).toBe(
      'the connection was reset (ECONNRESET) in the middle of run run-1, 513 ms after it opened',
    );
    const timedOut = diagnosed(midRun().closed(1006, '', 'timeout').settled('closed'));
    expect(timedOut?.summary).toContain('was given up by the kernel in the middle');
  });

  it('proves nothing for sure where nobody asked further', () => {
    expect(diagnosed(fin())).toMatchObject({ cause: 'connection-lost', confidence: 'ambiguous' });
    expect(diagnosed(fin())?.rivals[0]?.cause).toBe('handler-crashed');
  });

  it.each([
    [
      'a fresh upgrade is refused by nobody being there',
      { ok: false, trouble: { phase: 'tcp', code: 'ECONNREFUSED', message: '' } },
    ],
    ['a fresh upgrade is answered 502', { ok: false, answer: answer(502) }],
  ] as const)('was lost where %s', (_title, seen) => {
    expect(diagnosed(fin().probe('fresh-upgrade', seen))).toMatchObject({
      cause: 'connection-lost',
      confidence: 'likely',
    });
  });

  it('was lost where health answers 5xx although a fresh upgrade opens', () => {
    const found = diagnosed(
      fin()
        .probe('fresh-upgrade')
        .probe('backend-health', { ok: false, answer: answer(503), detail: 'health answered 503' }, 'health'),
    );
    expect(found).toMatchObject({ cause: 'connection-lost', confidence: 'likely' });
    expect(found?.summary).toContain('afterwards health answered 503');
  });

  it('was lost where the same request goes through on a fresh connection', () => {
    const found = diagnosed(repeated(fin().probe('fresh-upgrade')).five().settled('complete', 'again').left());
    expect(found).toMatchObject({ cause: 'connection-lost', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.rivals[0]?.cause).toBe('handler-crashed');
  });

  it('is a crashed handler where the same request ends the same way', () => {
    const found = diagnosed(repeated(fin().probe('fresh-upgrade')).closed(1006, '', 'fin').settled('closed', 'again'));
    expect(found).toMatchObject({ cause: 'handler-crashed', domain: 'application', confidence: 'likely' });
  });

  it.each([
    ['with a frame', (built: TimelineBuilder) => built.closed(1011)],
    ['in silence', (built: TimelineBuilder) => built.gaveUp().settled('gave-up', 'again')],
    ['never', (built: TimelineBuilder) => built],
  ])('stays open where the same request ends %s', (_title, end) => {
    expect(diagnosed(end(repeated(fin().probe('fresh-upgrade'))))).toMatchObject({
      cause: 'connection-lost',
      confidence: 'ambiguous',
    });
  });

  it('may be a crashed handler where the service answers and nobody repeated the request', () => {
    expect(diagnosed(fin().probe('fresh-upgrade'))).toMatchObject({
      cause: 'handler-crashed',
      confidence: 'ambiguous',
    });
    const health = { answer: answer(404) };
    expect(diagnosed(fin().probe('backend-health', health, 'health'))?.cause).toBe('handler-crashed');
  });

  it('was closed early before the request where a fresh connection works', () => {
    const early = (built: TimelineBuilder) => built.closed(1006, '', 'fin');
    expect(diagnosed(early(timeline().opened().welcomed()).probe('fresh-upgrade'))).toMatchObject({
      cause: 'closed-early',
      confidence: 'likely',
    });
    expect(diagnosed(early(timeline().opened()).probe('fresh-upgrade'))).toMatchObject({
      cause: 'closed-early',
      phase: 'welcome',
    });
    expect(diagnosed(early(timeline().opened().welcomed()))).toMatchObject({
      cause: 'connection-lost',
      confidence: 'ambiguous',
    });
  });

  it('ignores what was asked before it ended', () => {
    const before = timeline()
      .probe('backend-health', { ok: false, answer: answer(503) }, 'health')
      .opened()
      .welcomed()
      .asked();
    expect(diagnosed(fin(before))).toMatchObject({ cause: 'connection-lost', confidence: 'ambiguous' });
  });
});

describe('a connection that ended at a round time', () => {
  const cutAt = (ms: number, how: 'fin' | 'reset' = 'fin') =>
    timeline()
      .opened()
      .welcomed()
      .wait(ms - 2)
      .closed(1006, '', how);

  it.each([30, 60, 90, 120, 180, 300, 600, 900, 3600])('was cut by a limit of %i s', (seconds) => {
    const found = diagnosed(cutAt(seconds * 1000 + 200));
    expect(found).toMatchObject({ cause: 'idle-cut', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.summary).toContain(`a limit of ${seconds} s`);
  });

  it('counts from the last byte too, and says which limit fits', () => {
    const found = diagnosed(
      timeline()
        .opened()
        .welcomed()
        .asked()
        .event('agent_started')
        .wait(60_100)
        .closed(1006, '', 'reset')
        .settled('closed'),
    );
    expect(found?.summary).toBe('the connection ended 60.1 s after its last byte: a limit of 60 s');
    expect(found?.hint).toContain('proxy_read_timeout');
    const sent = timeline()
      .opened()
      .welcomed()
      .asked()
      .wait(20_000)
      .note({ kind: 'pinged' })
      .wait(10_000)
      .closed(1006, '', 'fin')
      .settled('closed');
    expect(diagnosed(sent)?.summary).toContain("30.0 s after the target's last byte");
  });

  it('is no limit two and a half percent away from one', () => {
    expect(diagnosed(cutAt(61_500))?.cause).toBe('connection-lost');
    expect(diagnosed(cutAt(45_000, 'reset'))?.cause).toBe('connection-lost');
  });

  it('outranks a follow-up that is refused', () => {
    expect(diagnosed(cutAt(60_000).probe('fresh-upgrade', { ok: false, answer: answer(503) }))?.cause).toBe('idle-cut');
  });
});
