import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { climbed } from '../../../fixtures/climbs.ts';
import { closeKept, kept } from '../../../fixtures/dials.ts';
import { answer, rawServer, switching } from '../../../fixtures/raw-server.ts';

afterEach(closeKept);

describe('the tls rung', () => {
  beforeAll(() => {
    const authority = readFileSync(join(import.meta.dirname, '../../../fixtures/certificates/authority.pem'), 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), authority]);
  });

  it('keeps what the certificate says of itself', async () => {
    const server = kept(
      await rawServer({
        certificate: 'loopback',
        onRequest(socket, request) {
          if (/upgrade: websocket/i.test(request)) socket.write(switching(request));
          else socket.end(answer('200 OK', ['Content-Type: application/json'], '{"status":"ok"}'));
        },
      }),
    );
    const { rungs, broken } = await climbed(`wss://127.0.0.1:${server.port}/ws`);
    expect(broken).toBe('welcome');
    const tls = rungs.find((one) => one.rung === 'tls');
    expect(tls).toMatchObject({
      ok: true,
      facts: { protocol: 'TLSv1.3', subject: 'loopback', issuer: 'Agent Event Harness Fixtures' },
    });
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED', 'Feb  1 00:00:00 2020 GMT'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', null],
  ])('breaks at a certificate that is %s, and says until when it was valid', async (certificate, code, notAfter) => {
    const server = kept(await rawServer({ certificate }));
    const { broken, last } = await climbed(`wss://127.0.0.1:${server.port}/ws`);
    expect(broken).toBe('tls');
    expect(last?.trouble).toMatchObject({ phase: 'tls', code });
    if (notAfter !== null) expect(last?.facts.notAfter).toBe(notAfter);
    expect(last?.facts.subject).toBe(certificate);
  });

  it('breaks where the port does not speak TLS, or never answers', async () => {
    const plain = kept(await rawServer({ onConnect: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') }));
    const first = await climbed(`wss://127.0.0.1:${plain.port}/ws`);
    expect(first.broken).toBe('tls');
    expect(first.last?.trouble?.phase).toBe('tls');
    const silent = kept(await rawServer({}));
    const second = await climbed(`wss://127.0.0.1:${silent.port}/ws`);
    expect(second.last?.trouble).toMatchObject({ phase: 'tls', code: 'DEADLINE' });
  });

  it('goes through the tunnel of an egress proxy, whose own refusal is told apart', async () => {
    const behind = kept(await rawServer({ certificate: 'loopback' }));
    const proxy = createServer((_request, response) => response.writeHead(400).end());
    proxy.on('connect', (_request, client) => {
      const through = connect(behind.port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      through
        .on('error', () => undefined)
        .pipe(client)
        .on('error', () => undefined)
        .pipe(through);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    kept({ close: async () => proxy.close() });
    const url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const { rungs } = await climbed('wss://localhost:8443/ws', { proxyFor: () => url });
    expect(rungs.find((one) => one.rung === 'tcp')?.facts.proxied).toBe(true);
    expect(rungs.find((one) => one.rung === 'tls')).toMatchObject({ ok: true, facts: { subject: 'loopback' } });

    const refusing = kept(
      await rawServer({ onRequest: (socket) => socket.end(answer('407 Proxy Authentication Required')) }),
    );
    const refused = await climbed('wss://localhost:8443/ws', {
      proxyFor: () => new URL(`http://127.0.0.1:${refusing.port}`),
    });
    expect(refused.broken).toBe('tls');
    expect(refused.last?.trouble).toMatchObject({ phase: 'proxy', code: 'PROXY_REFUSED' });
  });
});
