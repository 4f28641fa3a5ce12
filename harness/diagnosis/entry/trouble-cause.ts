import { OWN_CODES, type Phase, type Trouble } from '../../timeline/observation.ts';
import type { CauseCode } from '../causes.ts';

const BY_CODE: { readonly [code: string]: CauseCode } = {
  [OWN_CODES.proxyRefused]: 'proxy-refused',
  [OWN_CODES.subprotocolInvalid]: 'subprotocol-mismatch',
  [OWN_CODES.hangUp]: 'connection-reset',
  [OWN_CODES.tlsEof]: 'connection-reset',
  'config-invalid': 'config-invalid',
  'secret-missing': 'secret-missing',
  ERR_INVALID_URL: 'config-invalid',
  ERR_INVALID_CHAR: 'config-invalid',
  ERR_INVALID_ARG_VALUE: 'config-invalid',
  ERR_HTTP_INVALID_HEADER_VALUE: 'config-invalid',
  EMFILE: 'client-exhausted',
  ENFILE: 'client-exhausted',
  ENOBUFS: 'client-exhausted',
  EADDRNOTAVAIL: 'client-exhausted',
  ENETUNREACH: 'client-offline',
  ENETDOWN: 'client-offline',
  EACCES: 'client-offline',
  EPERM: 'client-offline',
  EINVAL: 'client-offline',
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENOTFOUND: 'dns-not-found',
  ENODATA: 'dns-not-found',
  EAI_AGAIN: 'dns-unavailable',
  EAI_FAIL: 'dns-unavailable',
  ESERVFAIL: 'dns-unavailable',
  ETIMEOUT: 'dns-unavailable',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connection-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connection-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'upgrade-timeout',
  UND_ERR_BODY_TIMEOUT: 'upgrade-timeout',
  ECONNRESET: 'connection-reset',
  ECONNABORTED: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name-mismatch',
  HOSTNAME_MISMATCH: 'tls-name-mismatch',
};
const DEADLINE: { readonly [P in Phase]: CauseCode } = {
  configuration: 'config-invalid',
  proxy: 'proxy-refused',
  dns: 'dns-unavailable',
  tcp: 'connection-timeout',
  tls: 'connection-timeout',
  health: 'upgrade-timeout',
  credentials: 'auth-service-unavailable',
  upgrade: 'upgrade-timeout',
  welcome: 'welcome-missing',
  stream: 'run-silent',
  close: 'connection-lost',
};
const UNNAMED: { readonly [P in Phase]: CauseCode } = {
  ...DEADLINE,
  tcp: 'connection-reset',
  tls: 'tls-failed',
  health: 'handshake-malformed',
  upgrade: 'handshake-malformed',
};

const UNTRUSTED = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|INVALID_CA$)/;
// Up to TLS 1.2 some servers call a certificate bad that was never sent: an alert that reaches a client can mean no other.
const WANTS_CERTIFICATE = /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/;
// One code of the system stands for many words of OpenSSL; only its words tell a plain port from a version that nobody speaks.
const TLS_ALERT = /\balert\b|unsupported protocol|no shared cipher|handshake failure/i;
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/;

/** The cause that trouble underneath HTTP stands for. Total: what nobody knows is named by the phase that it struck in. */
export function causeOfTrouble({ phase, code, message }: Trouble): CauseCode {
  if (phase === 'proxy') return 'proxy-refused';
  if (code === OWN_CODES.deadline) return DEADLINE[phase];
  const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (known) return phase === 'configuration' && known !== 'secret-missing' ? 'config-invalid' : known;
  if (WANTS_CERTIFICATE.test(code)) return 'tls-client-certificate';
  if (code === 'EPROTO') return TLS_ALERT.test(message) ? tlsAlert(message) : 'scheme-mismatch';
  if (NOT_TLS.test(code)) return 'scheme-mismatch';
  if (UNTRUSTED.test(code)) return 'tls-untrusted';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls-failed';
  if (code.startsWith('HPE_')) return 'handshake-malformed';
  return UNNAMED[phase];
}

function tlsAlert(message: string): CauseCode {
  return /certificate required|alert bad certificate/i.test(message) ? 'tls-client-certificate' : 'tls-failed';
}
