const HANDSHAKE_RECORD = 22;
const CHANGE_CIPHER_SPEC = 20;
const CERTIFICATE_REQUEST = 13;
const RECORD_HEADER_BYTES = 5;
const MESSAGE_HEADER_BYTES = 4;

/** Whether what a TLS 1.2 server said in the clear holds a CertificateRequest (RFC 5246, 7.4.4). Total: anything else is `false`. */
export function asksForCertificate(bytes: Buffer): boolean {
  const messages = handshakeIn(bytes);
  for (
    let at = 0;
    at + MESSAGE_HEADER_BYTES <= messages.length;
    at += MESSAGE_HEADER_BYTES + messages.readUIntBE(at + 1, 3)
  ) {
    if (messages[at] === CERTIFICATE_REQUEST) return true;
  }
  return false;
}

/** The handshake messages before encryption begins, without their records. */
function handshakeIn(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + RECORD_HEADER_BYTES <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at] === CHANGE_CIPHER_SPEC) break;
    if (bytes[at] === HANDSHAKE_RECORD)
      parts.push(bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length));
    at += RECORD_HEADER_BYTES + length;
  }
  return Buffer.concat(parts);
}
