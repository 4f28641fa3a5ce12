import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { ruled } from '../../fixtures/ruled.ts';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { WHEN_HARNESS } from '../../fixtures/when/harness.ts';
import type { Phase } from '../timeline/observation.ts';
import { HARNESS_CAUSES } from './causes/harness.ts';
import { diagnose } from './diagnose.ts';

const dial = (phase: Phase, code: string, message = '') => timeline().failed({ phase, code, message });
const resources = (built: TimelineBuilder, exhausted: boolean) =>
  built.probe(
    'own-resources',
    { ok: !exhausted, facts: { exhausted }, detail: '20 of 20 descriptors' },
    'configuration',
  );

describe('it is ours', () => {
  it.each(WHEN_HARNESS)('when %s: %s', (_when, cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause, domain: 'harness' });
  });

  it('when the only violations are timings and our loop was late by as much: harness-stalled', () => {
    const late = timeline().opened().welcomed().asked().stalled(4000).five().settled().left().run();
    const open = ruled('promptness/first-event', {
      outcome: 'inconclusive',
      reason: 'this process was late by 4000 ms',
    });
    expect(diagnose(late, [open])).toMatchObject({ cause: 'harness-stalled', domain: 'harness' });
  });

  it('when no rule had anything to look at, or a check was skipped: nothing-judged', () => {
    const run = timeline().run();
    expect(diagnose(run, [])).toMatchObject({ cause: 'nothing-judged', domain: 'harness' });
    const skipped = ruled('wire/decodes', { outcome: 'inconclusive', reason: 'skipped' });
    expect(diagnose(run, [skipped])).toMatchObject({ cause: 'nothing-judged', domain: 'harness' });
  });

  it('for each cause of the registry', () => {
    const proven = new Set<string>([...WHEN_HARNESS.map(([, cause]) => cause), 'nothing-judged']);
    expect(Object.keys(HARNESS_CAUSES).filter((cause) => !proven.has(cause))).toEqual([]);
  });
});

describe('it is not ours', () => {
  it('when no name is found while descriptors are left', () => {
    expect(diagnosed(resources(dial('dns', 'ENOTFOUND'), false))).toMatchObject({ cause: 'dns-not-found' });
  });

  it('when TLS is refused and the server asks for no certificate', () => {
    const asked = { facts: { asked: false } };
    const found = diagnosed(dial('tls', 'EPROTO', 'SSL alert number 40').probe('client-certificate', asked, 'tls'));
    expect(found).toMatchObject({ cause: 'tls-failed', confidence: 'certain' });
  });

  it("when the target's own auth service issued the token that is refused", () => {
    const simulated = timeline().credentialed('simulate').opened().closed(1008);
    expect(diagnosed(simulated)).toMatchObject({ cause: 'credentials-refused', domain: 'application' });
  });

  it('when the keepalive timed out while our loop was on time', () => {
    const found = diagnosed(
      timeline().opened().welcomed().asked().closed(1011, 'keepalive ping timeout').settled('closed'),
    );
    expect(found).toMatchObject({ cause: 'closed-with-error', domain: 'application' });
  });
});
