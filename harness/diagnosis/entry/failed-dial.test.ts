import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

describe('a dial that ended underneath HTTP', () => {
  it('names what was seen, where and at which attempt', () => {
    const refused = { phase: 'tcp', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:4000' } as const;
    const found = diagnosed(timeline().failed(refused).failed(refused, 2));
    expect(found).toMatchObject({
      cause: 'connection-refused',
      domain: 'infrastructure',
      phase: 'tcp',
      answeredBy: 'network',
    });
    expect(found?.summary).toBe(
      'no WebSocket at ws://127.0.0.1:4000/ws: connect ECONNREFUSED 127.0.0.1:4000, at tcp, at the last of 2 attempts',
    );
    expect(found?.evidence.map(({ seq }) => seq)).toEqual([4]);
  });

  it('is forgotten where a later attempt opens', () => {
    const found = diagnosed(
      timeline().failed({ code: 'ECONNREFUSED' }).opened({}, 2).welcomed().asked().five().settled().left(),
    );
    expect(found).toBeNull();
  });

  it('is forgotten where the same persona gets in later, and not where another does', () => {
    const again = timeline()
      .failed({ code: 'ECONNRESET' })
      .on('alice-2', 'user', 'alice')
      .opened()
      .welcomed()
      .closed(1012);
    expect(diagnosed(again)?.cause).toBe('connection-lost');
    const other = timeline().failed({ code: 'ECONNRESET' }).on('bob').opened().welcomed().closed(1012);
    expect(diagnosed(other)?.cause).toBe('connection-reset');
  });

  it.each([
    ['ENOTFOUND', 'dns', 'dns-not-found', 'likely'],
    ['EAI_AGAIN', 'dns', 'dns-unavailable', 'likely'],
    ['ETIMEDOUT', 'tcp', 'connection-timeout', 'likely'],
    ['EHOSTUNREACH', 'tcp', 'host-unreachable', 'certain'],
    ['ENETUNREACH', 'tcp', 'client-offline', 'certain'],
    ['EMFILE', 'tcp', 'client-exhausted', 'certain'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls-expired', 'certain'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'tls-untrusted', 'likely'],
    ['HPE_INVALID_CONSTANT', 'upgrade', 'handshake-malformed', 'certain'],
    ['HANDSHAKE_SUBPROTOCOL_INVALID', 'upgrade', 'subprotocol-mismatch', 'certain'],
    ['DEADLINE', 'upgrade', 'upgrade-timeout', 'likely'],
    ['PROXY_REFUSED', 'proxy', 'proxy-refused', 'certain'],
  ] as const)('%s at %s is %s, %s', (code, phase, cause, confidence) => {
    expect(diagnosed(timeline().failed({ code, phase }))).toMatchObject({ cause, confidence, phase });
  });

  it('is ours where this machine resolves no name at all', () => {
    const trouble = { phase: 'dns', code: 'ENOTFOUND', message: '' } as const;
    const control = (external: string, local: string, ok: boolean) =>
      timeline()
        .failed(trouble)
        .probe('control-lookup', { ok, trouble: ok ? null : trouble, facts: { external, local } }, 'dns');
    expect(diagnosed(control('resolved', 'resolved', true))?.cause).toBe('dns-not-found');
    expect(diagnosed(control('ENOTFOUND', 'resolved', false))).toMatchObject({
      cause: 'client-offline',
      domain: 'harness',
    });
    expect(diagnosed(control('ENOTFOUND', 'ENOTFOUND', false))?.cause).toBe('client-exhausted');
  });

  it('is exhaustion where a name is not found while descriptors are used up', () => {
    const found = diagnosed(
      timeline().failed({ phase: 'dns', code: 'ENOTFOUND' }).on('bob').failed({ code: 'EMFILE' }),
    );
    expect(found?.cause).toBe('client-exhausted');
  });

  it('prefers our own trouble to theirs, however late it came', () => {
    const found = diagnosed(timeline().failed({ code: 'ECONNREFUSED' }).on('bob').failed({ code: 'EADDRNOTAVAIL' }));
    expect(found?.cause).toBe('client-exhausted');
  });

  it('is ours where this process slept through its own deadline', () => {
    const late = (lateByMs: number) =>
      timeline()
        .failed({ phase: 'upgrade', code: 'DEADLINE' }, 1, 3000)
        .note({ kind: 'stalled', lateByMs, frozen: false });
    expect(diagnosed(late(2500))).toMatchObject({ cause: 'harness-stalled', domain: 'harness' });
    expect(diagnosed(late(100))?.cause).toBe('upgrade-timeout');
  });

  it('is a wrong scheme where a probe found TLS on the port', () => {
    const plain = timeline().failed({ phase: 'upgrade', code: 'HANG_UP' });
    expect(diagnosed(plain)?.cause).toBe('connection-reset');
    const tls = timeline()
      .failed({ phase: 'upgrade', code: 'HANG_UP' })
      .probe('tls-on-port', { facts: { speaksTls: true } }, 'tls');
    expect(diagnosed(tls)?.cause).toBe('scheme-mismatch');
    expect(diagnosed(tls)?.summary).toMatch(/; the port speaks TLS$/);
  });

  it('is a wrong scheme where a probe found plain HTTP on the port that agrees on no TLS', () => {
    const target = { wsUrl: 'wss://api.example:80/ws', httpUrl: '', authUrl: '' };
    const stalled = (speaksHttp: boolean, code = 'DEADLINE') =>
      diagnosed(
        timeline()
          .with({ target })
          .failed({ phase: 'tls', code, message: '3000 ms passed' })
          .probe('plain-on-port', { facts: { speaksHttp } }, 'tls'),
      );
    for (const code of ['DEADLINE', 'TLS_EOF', 'ECONNRESET'])
      expect(stalled(true, code)).toMatchObject({ cause: 'scheme-mismatch', domain: 'harness' });
    const found = stalled(false);
    expect(found).toMatchObject({ cause: 'connection-timeout', confidence: 'likely' });
    expect(found?.summary).toContain('TCP connected, and TLS was not agreed: 3000 ms passed, at tls');
    expect(found?.hint).not.toMatch(/security group|VPN/);
    expect(stalled(false, 'TLS_EOF')?.cause).toBe('connection-reset');
  });

  it('may be for want of a client certificate where the server will not and does not say why', () => {
    const refused = (code: string, message = '') => diagnosed(timeline().failed({ phase: 'tls', code, message }));
    for (const found of [
      refused('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'),
      refused('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
      refused('EPROTO', 'sslv3 alert handshake failure: SSL alert number 40'),
    ]) {
      expect(found).toMatchObject({ cause: 'tls-failed', confidence: 'likely' });
      expect(found?.rivals.map(({ cause }) => cause)).toEqual(['tls-client-certificate']);
    }
    expect(refused('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')).toMatchObject({ cause: 'tls-failed', rivals: [] });
  });

  it.each([
    ['dns', 'ENOTFOUND', true],
    ['dns', 'EAI_AGAIN', true],
    ['tcp', 'EMFILE', true],
    ['tcp', 'ECONNREFUSED', false],
  ] as const)('rests on what this process has left where that may be behind it: %s %s', (phase, code, isEvidence) => {
    const found = diagnosed(
      timeline()
        .failed({ phase, code })
        .probe('own-resources', { facts: { exhausted: false } }),
    );
    expect(found?.evidence.some((seen) => seen.kind === 'probed')).toBe(isEvidence);
  });

  it('leaves it open whether a certificate has expired where our own clock was found wrong', () => {
    const expired = () => timeline().failed({ phase: 'tls', code: 'CERT_HAS_EXPIRED' });
    expect(diagnosed(expired())?.confidence).toBe('certain');
    expect(diagnosed(expired().probe('own-clock'))?.confidence).toBe('certain');
    const found = diagnosed(expired().probe('own-clock', { ok: false, detail: 'the target is 400 days behind' }));
    expect(found).toMatchObject({ cause: 'tls-expired', confidence: 'likely' });
    expect(found?.summary).toMatch(/; the target is 400 days behind$/);
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['clock-skew']);
  });

  it('says nothing where somebody interrupted the run', () => {
    const cut = timeline()
      .on('harness')
      .note({ kind: 'gave-up', waitingFor: 'the command (interrupted)', afterMs: 10 })
      .on('alice')
      .failed({ phase: 'upgrade', code: 'DEADLINE', message: 'the time of the whole run was up' });
    expect(diagnosed(cut)).toMatchObject({ cause: 'nothing-judged', domain: 'harness' });
  });
});

describe('a rung of the ladder that broke', () => {
  it('names its own phase', () => {
    const found = diagnosed(
      timeline('ladder', 'ladder')
        .with({ rules: [], scenario: 'ladder' })
        .rung('configuration')
        .rung('dns', {
          ok: false,
          trouble: { phase: 'dns', code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND nowhere' },
        }),
    );
    expect(found).toMatchObject({ cause: 'dns-not-found', phase: 'dns' });
  });

  it('is health only where no connection could be had', () => {
    const ladder = () => timeline('ladder', 'ladder').with({ rules: [], scenario: 'ladder' });
    const bad = { ok: false, answer: { status: 503, headers: {}, bodyHead: '' } } as const;
    const dead = {
      ok: false,
      trouble: { phase: 'health', code: 'DEADLINE', message: 'no answer within 2000 ms' },
    } as const;
    expect(
      diagnosed(ladder().rung('health', bad).rung('upgrade').opened().welcomed().rung('welcome').left()),
    ).toBeNull();
    const found = diagnosed(ladder().rung('health', dead));
    expect(found).toMatchObject({ cause: 'upgrade-timeout', phase: 'health' });
    expect(found?.summary).toMatch(/^no answer at http:\/\/127\.0\.0\.1:4000: no answer within 2000 ms/);
  });

  it('is forgotten where a later climb holds or a user gets in', () => {
    const broken = { ok: false, trouble: { phase: 'tcp', code: 'ECONNREFUSED', message: '' } } as const;
    const again = timeline('ladder', 'ladder')
      .rung('tcp', broken)
      .rung('tcp')
      .on('alice')
      .opened()
      .welcomed()
      .closed(1012);
    expect(diagnosed(again)?.cause).toBe('connection-lost');
    const user = timeline('ladder', 'ladder').rung('tcp', broken).on('alice').opened().welcomed().closed(1012);
    expect(diagnosed(user)?.cause).toBe('connection-lost');
  });

  it.each([
    ['HANG_UP', 'ws://t/ws', true, 'scheme-mismatch'],
    ['ECONNRESET', 'ws://t/ws', true, 'scheme-mismatch'],
    ['DEADLINE', 'ws://t/ws', true, 'scheme-mismatch'],
    ['HPE_INVALID_CONSTANT', 'ws://t/ws', true, 'scheme-mismatch'],
    ['HANG_UP', 'ws://t/ws', false, 'connection-reset'],
    ['HANG_UP', 'wss://t/ws', true, 'connection-reset'],
    ['ECONNREFUSED', 'ws://t/ws', true, 'connection-refused'],
  ] as const)('by %s at health of %s, with TLS on the port: %s, is %s', (code, wsUrl, speaksTls, cause) => {
    const ladder = timeline('ladder', 'ladder')
      .with({ rules: [], scenario: 'ladder', target: { wsUrl, httpUrl: 'http://t', authUrl: 'http://t' } })
      .rung('health', { ok: false, trouble: { phase: 'health', code, message: '' } })
      .probe('tls-on-port', { ok: speaksTls, facts: { speaksTls } }, 'tls');
    expect(diagnosed(ladder)).toMatchObject({ cause, phase: 'health' });
  });

  it('wants a client certificate at whatever rung it says so', () => {
    const code = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';
    for (const rung of ['tls', 'health', 'upgrade'] as const) {
      const trouble = { phase: rung, code, message: '' };
      const found = diagnosed(timeline('ladder', 'ladder').rung(rung, { ok: false, trouble }));
      expect(found).toMatchObject({ cause: 'tls-client-certificate', domain: 'harness', confidence: 'certain' });
    }
  });

  it('says so without trouble and without an answer', () => {
    expect(diagnosed(timeline('ladder', 'ladder').rung('tls', { ok: false }))).toMatchObject({
      cause: 'tls-failed',
      phase: 'tls',
    });
  });
});
