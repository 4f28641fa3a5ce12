import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../fixtures/timeline-builder.ts';

describe('trouble of our own', () => {
  it('is a setting that cannot be used, or a secret that is missing', () => {
    const broken = (code: string) =>
      timeline('ladder', 'ladder').rung('configuration', {
        ok: false,
        trouble: { phase: 'configuration', code, message: 'AGENT_EVENTS_WS_URL is no URL' },
      });
    expect(diagnosed(broken('config-invalid'))).toMatchObject({
      cause: 'config-invalid',
      domain: 'harness',
      summary: 'AGENT_EVENTS_WS_URL is no URL',
      answeredBy: 'client',
    });
    expect(diagnosed(broken('secret-missing'))?.cause).toBe('secret-missing');
    expect(diagnosed(timeline().rung('configuration', { ok: false }))?.summary).toBe(
      'the configuration cannot be used',
    );
    expect(diagnosed(timeline().rung('configuration').refused(503))?.cause).toBe('service-unavailable');
  });

  it('is a crash that was noted', () => {
    const crashed = timeline()
      .refused(503)
      .note({ kind: 'noted', topic: 'harness-crashed', text: 'x is not a function' });
    expect(diagnosed(crashed)).toMatchObject({ cause: 'harness-crashed', summary: 'x is not a function' });
    expect(diagnosed(timeline().refused(503).note({ kind: 'noted', topic: 'isolation', text: '' }))?.cause).toBe(
      'service-unavailable',
    );
  });

  it('is a machine without a descriptor where that made us crash', () => {
    const text = "EMFILE: too many open files, open '/app/harness/probe/follow-up.ts'";
    const crashed = timeline().refused(503).note({ kind: 'noted', topic: 'harness-crashed', text });
    expect(diagnosed(crashed)).toMatchObject({ cause: 'client-exhausted', domain: 'harness', summary: text });
  });

  it('is the wrong build even where every promise is kept', () => {
    const built = (facts: { readonly [name: string]: string | boolean | null }) =>
      timeline().rung('health', { facts }).opened().welcomed().asked().five().settled().left();
    expect(diagnosed(built({ revision: 'abc1234', revisionMismatch: false }))).toBeNull();
    expect(diagnosed(built({ revision: 'abc1234' }))).toBeNull();
    expect(diagnosed(built({ revision: 'abc1234', revisionMismatch: true }))).toMatchObject({
      cause: 'revision-mismatch',
      domain: 'harness',
      summary: 'the target reports revision abc1234 where another one was expected',
    });
    const told = { facts: { revision: 'abc1234', revisionMismatch: true } } as const;
    const climbed = timeline('ladder', 'ladder').rung('health', told).rung('credentials');
    expect(diagnosed(climbed.refused(503))?.cause).toBe('revision-mismatch');
    expect(diagnosed(built({ revision: null, expectedRevision: 'def', revisionMismatch: true }))?.summary).toBe(
      'the target reports no revision where def was expected',
    );
  });

  it('is an unknown build only where nothing kept us out', () => {
    const unknown = { facts: { revision: null, revisionMismatch: true } } as const;
    const dead = timeline('ladder', 'ladder')
      .rung('health', { ok: false, answer: answer(503), ...unknown })
      .refused(503);
    expect(diagnosed(dead)?.cause).toBe('service-unavailable');
    const known = { facts: { revision: 'abc1234', revisionMismatch: true } } as const;
    expect(diagnosed(timeline('ladder', 'ladder').rung('health', known).refused(503))?.cause).toBe('revision-mismatch');
    const closed = timeline().rung('health', unknown).opened().closed(1011);
    expect(diagnosed(closed)?.cause).toBe('revision-mismatch');
  });
});
