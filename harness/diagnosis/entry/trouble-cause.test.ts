import { describe, expect, it } from 'vitest';
import { PHASES, type Phase } from '../../timeline/observation.ts';
import { CAUSES } from '../causes.ts';
import { causeOfTrouble } from './trouble-cause.ts';

const cause = (phase: Phase, code: string, message = '') => causeOfTrouble({ phase, code, message });

describe('trouble underneath HTTP', () => {
  it.each([
    ['dns', 'ENOTFOUND', 'dns-not-found'],
    ['dns', 'EAI_AGAIN', 'dns-unavailable'],
    ['dns', 'DEADLINE', 'dns-unavailable'],
    ['tcp', 'ECONNREFUSED', 'connection-refused'],
    ['tcp', 'ETIMEDOUT', 'connection-timeout'],
    ['tcp', 'DEADLINE', 'connection-timeout'],
    ['tls', 'DEADLINE', 'connection-timeout'],
    ['tcp', 'EHOSTUNREACH', 'host-unreachable'],
    ['tcp', 'ENETUNREACH', 'client-offline'],
    ['tcp', 'EACCES', 'client-offline'],
    ['tcp', 'EINVAL', 'client-offline'],
    ['tcp', 'EMFILE', 'client-exhausted'],
    ['tcp', 'EADDRNOTAVAIL', 'client-exhausted'],
    ['tcp', 'ECONNRESET', 'connection-reset'],
    ['tls', 'TLS_EOF', 'connection-reset'],
    ['upgrade', 'HANG_UP', 'connection-reset'],
    ['tls', 'CERT_HAS_EXPIRED', 'tls-expired'],
    ['tls', 'CERT_NOT_YET_VALID', 'tls-not-yet-valid'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls-name-mismatch'],
    ['tls', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['health', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['tls', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-client-certificate'],
    ['tls', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls-failed'],
    ['tls', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-failed'],
    ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', 'scheme-mismatch'],
    ['tls', 'EPROTO', 'scheme-mismatch'],
    ['tls', 'UNKNOWN', 'tls-failed'],
    ['tls', 'ERR_TLS_CERT_SIGNATURE_ALGORITHM_UNSUPPORTED', 'tls-failed'],
    ['upgrade', 'DEADLINE', 'upgrade-timeout'],
    ['upgrade', 'HPE_INVALID_CONSTANT', 'handshake-malformed'],
    ['upgrade', 'HPE_HEADER_OVERFLOW', 'handshake-malformed'],
    ['upgrade', 'HANDSHAKE_ACCEPT_INVALID', 'handshake-malformed'],
    ['upgrade', 'HANDSHAKE_UPGRADE_INVALID', 'handshake-malformed'],
    ['upgrade', 'HANDSHAKE_SUBPROTOCOL_INVALID', 'subprotocol-mismatch'],
    ['proxy', 'PROXY_REFUSED', 'proxy-refused'],
    ['proxy', 'ECONNREFUSED', 'proxy-refused'],
    ['configuration', 'ERR_INVALID_CHAR', 'config-invalid'],
    ['configuration', 'EINVAL', 'config-invalid'],
    ['configuration', 'secret-missing', 'secret-missing'],
    ['configuration', 'UNKNOWN', 'config-invalid'],
    ['health', 'DEADLINE', 'upgrade-timeout'],
  ] as const)('at %s, %s is %s', (phase, code, expected) => {
    expect(cause(phase, code)).toBe(expected);
  });

  it('tells a plain port from a TLS version that nobody speaks, which share one system code', () => {
    expect(cause('tls', 'EPROTO', 'write EPROTO 40:error:...:wrong version number:')).toBe('scheme-mismatch');
    expect(cause('tls', 'EPROTO', 'tlsv1 alert protocol version:SSL alert number 70')).toBe('tls-failed');
    expect(cause('tls', 'EPROTO', 'tlsv13 alert certificate required')).toBe('tls-client-certificate');
  });

  it('names what nobody knows by the phase that it struck in', () => {
    for (const phase of PHASES) {
      for (const code of ['NEVER_HEARD_OF', '', 'constructor', '__proto__'])
        expect(Object.keys(CAUSES)).toContain(cause(phase, code));
    }
  });
});
