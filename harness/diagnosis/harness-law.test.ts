import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { ruled } from '../../fixtures/ruled.ts';
import { answer, type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import type { Facts, Phase } from '../timeline/observation.ts';
import { HARNESS_CAUSES } from './causes/harness.ts';
import { diagnose } from './diagnose.ts';

type Row = readonly [when: string, cause: keyof typeof HARNESS_CAUSES, built: TimelineBuilder];

const rung = (phase: Phase, code: string, facts: Facts = {}) =>
  timeline('ladder', 'ladder').rung('configuration', { ok: false, trouble: { phase, code, message: 'm' }, facts });
const dial = (phase: Phase, code: string, message = '') => timeline().failed({ phase, code, message });
const service = (status: number, body = '') =>
  timeline('ladder', 'ladder').rung('credentials', { ok: false, answer: answer(status, body, APP) });
const APP = { 'x-service-name': 'auth' };
const minted = () => timeline().credentialed('mint', Date.parse('2026-01-02T03:09:00Z'));
const letIn = (built: TimelineBuilder) => built.probe('without-token');
const resources = (built: TimelineBuilder, exhausted: boolean) =>
  built.probe(
    'own-resources',
    { ok: !exhausted, facts: { exhausted }, detail: '20 of 20 descriptors' },
    'configuration',
  );
const lookup = (built: TimelineBuilder, external: string, local: string) =>
  built.probe('control-lookup', { ok: false, facts: { external, local } }, 'dns');

const LAW: readonly Row[] = [
  ['a setting cannot be used', 'config-invalid', rung('configuration', 'config-invalid')],
  ['a header cannot be used', 'config-invalid', dial('configuration', 'ERR_INVALID_CHAR')],
  ['a subprotocol cannot be used', 'config-invalid', dial('configuration', 'UNKNOWN')],
  ['a secret is missing', 'secret-missing', rung('configuration', 'secret-missing')],
  [
    'an error of ours was not caught',
    'harness-crashed',
    timeline().note({ kind: 'noted', topic: 'harness-crashed', text: 'x is not a function' }),
  ],
  ['our own proxy refuses', 'proxy-refused', dial('proxy', 'PROXY_REFUSED')],
  ['our own proxy fails', 'proxy-refused', dial('proxy', 'ECONNREFUSED')],
  [
    'the target reports another build',
    'revision-mismatch',
    timeline('ladder', 'ladder').rung('health', { facts: { revision: 'a', revisionMismatch: true } }),
  ],
  [
    'the target reports no build',
    'revision-mismatch',
    timeline('ladder', 'ladder').rung('health', { facts: { revision: null, revisionMismatch: true } }),
  ],
  ['the auth service says 401 to our key', 'simulation-key-refused', service(401)],
  ['the auth service says 400 to our exchange', 'simulation-rejected', service(400)],
  ['the auth service says 404 to our exchange', 'simulation-rejected', service(404)],
  ['the auth service says 422 to our exchange', 'simulation-rejected', service(422)],
  ['the auth service says 403: production', 'simulation-forbidden', service(403)],
  ['401 at the upgrade is tied to our token by the probes', 'credentials-refused', letIn(minted().refused(401))],
  ['403 at the upgrade is tied to our token by the probes', 'credentials-refused', letIn(minted().refused(403))],
  ['1008 comes after the upgrade', 'credentials-refused', minted().opened().closed(1008)],
  ...[1008, 1011, 1002].map(
    (code): Row => [
      `an auth-coded error comes, then ${code}`,
      'credentials-refused',
      minted()
        .opened()
        .received({ type: 'error_message', error_code: 'TOKEN_EXPIRED', error_message: 'x' })
        .closed(code),
    ],
  ),
  [
    'the token is expired by the clock of the target',
    'clock-skew',
    minted().refused(401, '', { 'www-authenticate': 'Bearer', date: 'Fri, 02 Jan 2026 03:14:06 GMT' }),
  ],
  [
    'it is so by another answer of the target',
    'clock-skew',
    minted()
      .opened()
      .closed(1008)
      .probe('own-clock', { ok: false, facts: { offsetMs: 600_000 } }, 'configuration'),
  ],
  ['no descriptor is left', 'client-exhausted', dial('tcp', 'EMFILE')],
  ['no local port is left', 'client-exhausted', dial('tcp', 'EADDRNOTAVAIL')],
  ['no name is found while descriptors are exhausted', 'client-exhausted', resources(dial('dns', 'ENOTFOUND'), true)],
  ['not even localhost is found', 'client-exhausted', lookup(dial('dns', 'ENOTFOUND'), 'ENOTFOUND', 'ENOTFOUND')],
  ['no network can be reached', 'client-offline', dial('tcp', 'ENETUNREACH')],
  ['a firewall of ours forbids it', 'client-offline', dial('tcp', 'EACCES')],
  ['a route of ours swallows it', 'client-offline', dial('tcp', 'EINVAL')],
  ['the control look-up fails too', 'client-offline', lookup(dial('dns', 'EAI_AGAIN'), 'EAI_AGAIN', 'resolved')],
  ['wss meets a plain port (as the system says it)', 'scheme-mismatch', dial('tls', 'EPROTO', 'wrong version number')],
  ['wss meets a plain port (as TLS says it)', 'scheme-mismatch', dial('tls', 'ERR_SSL_WRONG_VERSION_NUMBER')],
  [
    'ws meets a TLS port',
    'scheme-mismatch',
    dial('upgrade', 'HANG_UP').probe('tls-on-port', { facts: { speaksTls: true } }, 'tls'),
  ],
  [
    'the server asks for a client certificate in TLS 1.3',
    'tls-client-certificate',
    dial('tls', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
  ],
  [
    'the server asks for a client certificate in TLS 1.2',
    'tls-client-certificate',
    dial('tls', 'EPROTO', 'handshake failure: SSL alert number 40').probe(
      'client-certificate',
      { ok: false, facts: { asked: true }, detail: 'the server asks for a client certificate' },
      'tls',
    ),
  ],
  [
    '1011 keepalive timeout while our loop was blocked',
    'harness-stalled',
    timeline()
      .opened()
      .welcomed()
      .asked()
      .event('agent_started')
      .stalled(3500, false)
      .closed(1011, 'keepalive ping timeout')
      .settled('closed'),
  ],
];

describe('it is ours', () => {
  it.each(LAW)('when %s: %s', (_when, cause, built) => {
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
    const proven = new Set<string>([...LAW.map(([, cause]) => cause), 'nothing-judged']);
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
