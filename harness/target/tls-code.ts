/** Codes of OpenSSL and of node's certificate checks, whichever event carries them and however far the connection seemed to be. */
const TLS_CODE =
  /^(ERR_SSL_|ERR_TLS_|EPROTO$|TLS_EOF$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$)/;

/** Whether a code speaks of TLS. */
export function isTlsCode(code: string): boolean {
  return TLS_CODE.test(code);
}
