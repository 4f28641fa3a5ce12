import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { climbed } from '../../fixtures/climbs.ts';
import { closeKept, kept, served } from '../../fixtures/dials.ts';
import { keyPair } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { asksForCertificate } from './asks-for-certificate.ts';
import { clientCertificate, isBareRefusal } from './client-certificate.ts';

afterEach(closeKept);

/** A TLS server of version 1.2, where a refusal has no name. */
async function speaking(options: TlsOptions): Promise<string> {
  const server = createServer({ ...keyPair('loopback'), maxVersion: 'TLSv1.2', ...options });
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kept({ close: () => new Promise((resolve) => server.close(resolve)) });
  return `wss://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
}

const WANTED: TlsOptions = { requestCert: true, rejectUnauthorized: true, ca: [keyPair('loopback').cert] };

async function found(url: string) {
  const rig = rigFor(settingsFor(url));
  await clientCertificate(rig, 'alice');
  return seen(rig, 'probed', 'alice')[0];
}

describe('a server that speaks TLS 1.2', () => {
  it('is heard to ask for a client certificate', async () => {
    expect(await found(await speaking(WANTED))).toMatchObject({
      probe: 'client-certificate',
      ok: false,
      facts: { asked: true },
    });
  });

  it('is heard to ask for none', async () => {
    expect(await found(await speaking({}))).toMatchObject({ ok: true, facts: { asked: false } });
  });

  it('is asked by nobody without a bare refusal', () => {
    expect(isBareRefusal('EPROTO', 'ssl3_read_bytes:sslv3 alert handshake failure: SSL alert number 40')).toBe(true);
    expect(isBareRefusal('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', '')).toBe(true);
    expect(isBareRefusal('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'alert number 70')).toBe(false);
  });
});

describe('the probe for a client certificate', () => {
  it('hears nothing where nobody listens, nobody speaks TLS, or nobody answers', async () => {
    expect(await found('wss://127.0.0.1:1/ws')).toMatchObject({ facts: { asked: false }, trouble: { phase: 'tls' } });
    const plain = await served({ onRequest: (socket) => socket.end('220 mail ready\r\n') });
    expect(await found(`wss://127.0.0.1:${plain.port}/ws`)).toMatchObject({ facts: { asked: false } });
    const mute = await served({ onConnect: () => undefined });
    expect((await found(`wss://127.0.0.1:${mute.port}/ws`))?.facts.asked).toBe(false);
  });

  it('is sent up with the ladder where its TLS rung was refused without a reason', async () => {
    // The authority of the fixtures is unknown here, so a certificate is refused by us before they can refuse us.
    const { rig, broken } = await climbed(await speaking({ ...WANTED, ciphers: 'ECDHE-ECDSA-AES128-SHA' }));
    expect(broken).toBe('tls');
    const refused = seen(rig, 'probed').some(({ trouble }) =>
      isBareRefusal(trouble?.code ?? '', trouble?.message ?? ''),
    );
    expect(seen(rig, 'probed').some(({ probe }) => probe === 'client-certificate')).toBe(refused);
  });

  it('reads bytes of any kind without an end', () => {
    const record = (type: number, body: Buffer): Buffer =>
      Buffer.concat([Buffer.from([type, 3, 3, body.length >> 8, body.length & 255]), body]);
    const request = Buffer.from([13, 0, 0, 1, 0]);
    const hello = Buffer.from([2, 0, 0, 2, 9, 9]);
    expect(asksForCertificate(record(22, Buffer.concat([hello, request])))).toBe(true);
    expect(asksForCertificate(Buffer.concat([record(22, hello), record(22, request)]))).toBe(true);
    expect(
      asksForCertificate(
        Buffer.concat([record(22, Buffer.concat([hello, request.subarray(0, 2)])), record(22, request.subarray(2))]),
      ),
    ).toBe(true);
    expect(
      asksForCertificate(Buffer.concat([record(22, hello), record(20, Buffer.from([1])), record(22, request)])),
    ).toBe(false);
    for (const bytes of ['', 'HTTP/1.1 400', '\x16\x03\x03\xff\xff', '\x00\x00\x00\x00\x00'])
      expect(asksForCertificate(Buffer.from(bytes, 'latin1'))).toBe(false);
  });
});
