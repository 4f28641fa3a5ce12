import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { cutAfter, ended, GONE, midRun, repeats } from '../../fixtures/mid-run.ts';
import { answer, type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import type { Phase } from '../timeline/observation.ts';
import { INFRASTRUCTURE_CAUSES } from './causes/infrastructure.ts';

type Row = readonly [when: string, cause: keyof typeof INFRASTRUCTURE_CAUSES, built: TimelineBuilder];

const JSON_TYPE = { 'content-type': 'application/json' };
const dial = (phase: Phase, code: string) => timeline().failed({ phase, code });
const refused = (status: number, body = '', headers: { readonly [name: string]: string } = {}) =>
  timeline().refused(status, body, headers);
const service = (seen: Parameters<TimelineBuilder['rung']>[1]) =>
  timeline('ladder', 'ladder').rung('credentials', { ok: false, ...seen });
const idle = () => timeline().opened().welcomed();
const deaf = () =>
  idle()
    .note({ kind: 'asked', turn: 't1', intendedAtMs: 1010 })
    .note({ kind: 'sent', text: '{}' })
    .note({ kind: 'pinged' })
    .gaveUp('first-event')
    .settled('gave-up');

const LAW: readonly Row[] = [
  [
    'the auth service says 503 "not configured"',
    'simulation-not-configured',
    service({ answer: answer(503, '{"detail":"E2E authentication not configured"}', JSON_TYPE) }),
  ],
  [
    'the auth service cannot be reached',
    'auth-service-unavailable',
    service({ trouble: { phase: 'tcp', code: 'ECONNREFUSED', message: '' } }),
  ],
  ['the auth service says another 5xx', 'auth-service-unavailable', service({ answer: answer(502) })],
  ['the name does not exist', 'dns-not-found', dial('dns', 'ENOTFOUND')],
  ['the resolver says try again', 'dns-unavailable', dial('dns', 'EAI_AGAIN')],
  ['the resolver gives no answer', 'dns-unavailable', dial('dns', 'DEADLINE')],
  ['dialling is refused', 'connection-refused', dial('tcp', 'ECONNREFUSED')],
  ['dialling times out', 'connection-timeout', dial('tcp', 'ETIMEDOUT')],
  ['TLS stalls', 'connection-timeout', dial('tls', 'DEADLINE')],
  ['a router knows no way', 'host-unreachable', dial('tcp', 'EHOSTUNREACH')],
  ['dialling is reset', 'connection-reset', dial('tcp', 'ECONNRESET')],
  ['TCP ends before TLS is agreed', 'connection-reset', dial('tls', 'TLS_EOF')],
  ['the connection ends before the upgrade is answered', 'connection-reset', dial('upgrade', 'HANG_UP')],
  ['we wrote the request to an ended connection', 'connection-reset', dial('upgrade', 'EPIPE')],
  ['the certificate has expired', 'tls-expired', dial('tls', 'CERT_HAS_EXPIRED')],
  ['the certificate is not valid yet', 'tls-not-yet-valid', dial('tls', 'CERT_NOT_YET_VALID')],
  ['nobody vouches for the certificate', 'tls-untrusted', dial('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT')],
  ['the certificate is of another name', 'tls-name-mismatch', dial('tls', 'ERR_TLS_CERT_ALTNAME_INVALID')],
  ['TLS fails otherwise', 'tls-failed', dial('tls', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')],
  [
    '503 comes from the platform',
    'service-unavailable',
    refused(503, 'upstream connect error or disconnect/reset before headers'),
  ],
  [
    '503 comes from the application',
    'service-unavailable',
    refused(503, '{"detail":"maintenance"}', { ...JSON_TYPE, 'x-trace-id': 'a' }),
  ],
  ['502 comes', 'bad-gateway', refused(502)],
  ['504 comes', 'gateway-timeout', refused(504)],
  ['429 comes', 'rate-limited', refused(429, 'Rate exceeded.')],
  ['the reason of a refusal names a cap on connections', 'connection-limit', refused(503, 'too many connections')],
  [
    'the reason of a close names a cap on connections',
    'connection-limit',
    timeline().opened().closed(1008, 'Connection limit exceeded'),
  ],
  ['our Origin is refused in words', 'origin-refused', refused(403, 'Origin not allowed')],
  [
    'our Origin is refused with 403 and another is let in',
    'origin-refused',
    refused(403)
      .probe('without-token', { ok: false, answer: answer(403) })
      .probe('other-origin', { facts: { opened: true, origin: 'none' } }),
  ],
  [
    'our Origin is refused with 401 and another is let in',
    'origin-refused',
    timeline()
      .credentialed('mint')
      .refused(401, '', { 'www-authenticate': 'Bearer' })
      .probe('other-origin', { facts: { origin: 'https://a.example' } }),
  ],
  [
    'our Origin is closed with 1008 and another is welcomed',
    'origin-refused',
    timeline()
      .credentialed('mint')
      .opened()
      .closed(1008)
      .probe('other-origin', { facts: { origin: 'none', welcomed: true } }),
  ],
  ['408 comes', 'not-ready', refused(408)],
  ['a JSON answer says not ready', 'not-ready', refused(400, '{"error":"service not ready"}', JSON_TYPE)],
  ['a JSON 503 says not ready', 'not-ready', refused(503, '{"status":"initializing"}', JSON_TYPE)],
  ['1011 says not ready', 'not-ready', timeline().opened().closed(1011, 'Service not ready: agent_supervisor')],
  ['1013 says initialising', 'not-ready', timeline().opened().closed(1013, 'still initializing')],
  ['1001 says "Startup timeout"', 'not-ready', timeline().opened().closed(1001, 'Startup timeout')],
  ['404 comes', 'upgrade-not-found', refused(404)],
  ...[200, 405, 426].map((status): Row => [`${status} comes`, 'upgrade-ignored', refused(status)]),
  ...[301, 302, 307, 308].map(
    (status): Row => [
      `${status} comes`,
      'upgrade-redirected',
      refused(status, '', { location: 'https://a.example/login' }),
    ],
  ),
  ...[400, 402, 410, 413, 418, 431, 501].map(
    (status): Row => [`any other status comes, as ${status}`, 'upgrade-refused', refused(status)],
  ),
  [
    '403 comes that the probes do not tie to the token',
    'upgrade-refused',
    timeline()
      .credentialed('mint')
      .refused(403)
      .probe('without-token', { ok: false, answer: answer(403) })
      .probe('bogus-path', { ok: false, answer: answer(403) }),
  ],
  [
    'an HTML 403 comes of a firewall',
    'upgrade-refused',
    timeline().credentialed('mint').refused(403, '<html>Forbidden</html>', { 'content-type': 'text/html' }),
  ],
  ['the request is written and no complete answer comes', 'upgrade-timeout', dial('upgrade', 'DEADLINE')],
  ['the accept key is wrong', 'handshake-malformed', dial('upgrade', 'HANDSHAKE_ACCEPT_INVALID')],
  ['the answer is not HTTP', 'handshake-malformed', dial('upgrade', 'HPE_INVALID_CONSTANT')],
  ['Connection: Upgrade is missing', 'handshake-malformed', dial('upgrade', 'HANDSHAKE_UPGRADE_INVALID')],
  [
    'a subprotocol comes that we did not offer, or none',
    'subprotocol-mismatch',
    dial('upgrade', 'HANDSHAKE_SUBPROTOCOL_INVALID'),
  ],
  ['the open connection is reset', 'connection-lost', ended(midRun(), 'reset', 'ECONNRESET')],
  ['the open connection is given up by the kernel', 'connection-lost', ended(midRun(), 'timeout', 'ETIMEDOUT')],
  ['it is reset before the request', 'connection-lost', idle().closed(1006, '', 'reset')],
  ...[1001, 1012, 1013, 1014].map(
    (code): Row => [`${code} comes mid-run`, 'connection-lost', midRun().closed(code).settled('closed')],
  ),
  ['a FIN comes and the follow-up is refused', 'connection-lost', ended(midRun(), 'fin').probe('fresh-upgrade', GONE)],
  [
    'a FIN comes and the follow-up is 5xx',
    'connection-lost',
    ended(midRun(), 'fin').probe('fresh-upgrade', { ok: false, answer: answer(502) }),
  ],
  [
    'a FIN comes and the same request goes through',
    'connection-lost',
    repeats(ended(midRun(), 'fin').probe('fresh-upgrade')).five().settled('complete', 'again').left(),
  ],
  [
    'a FIN comes and the repetition ends in yet another way',
    'connection-lost',
    repeats(ended(midRun(), 'fin').probe('fresh-upgrade')).closed(1011).settled('closed', 'again'),
  ],
  [
    'a FIN is found by writing (EPIPE) and the follow-up is refused',
    'connection-lost',
    ended(midRun(), 'reset', 'EPIPE').probe('fresh-upgrade', GONE),
  ],
  ...[30, 60, 90, 120, 180, 300, 600, 900, 3600].map(
    (seconds): Row => [`the connection ends after ${seconds} s`, 'idle-cut', cutAfter(seconds)],
  ),
  ['it ends within 2 % of 60 s', 'idle-cut', cutAfter(61.1)],
  [
    'pings are not answered while a fresh connection and health are',
    'half-open',
    deaf()
      .probe('fresh-upgrade')
      .probe('backend-health', { answer: answer(200) }, 'health'),
  ],
];

describe('it is the infrastructure', () => {
  it.each(LAW)('when %s: %s', (_when, cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause, domain: 'infrastructure' });
  });

  it('when the connection opens over the connect max: connection-slow', () => {
    const slow = timeline('ladder', 'ladder').with({ rules: [] }).opened({}, 1, 9000).welcomed();
    for (const name of ['dns', 'upgrade', 'welcome'] as const) slow.rung(name);
    expect(diagnosed(slow.left())).toMatchObject({ cause: 'connection-slow', domain: 'infrastructure' });
  });

  it('for each cause of the registry', () => {
    const proven = new Set<string>([...LAW.map(([, cause]) => cause), 'connection-slow']);
    expect(Object.keys(INFRASTRUCTURE_CAUSES).filter((cause) => !proven.has(cause))).toEqual([]);
  });
});
