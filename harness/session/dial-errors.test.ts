import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blackHole } from '../../fixtures/black-hole.ts';
import { closeKept, dialled, failure, kept, served, socketOf } from '../../fixtures/dials.ts';
import { answer, type RawServer, rawServer, switching } from '../../fixtures/raw-server.ts';
import { seen } from '../../fixtures/test-rig.ts';
import type { Settings } from '../target/settings.ts';
import type { Rig } from './rig.ts';

afterEach(closeKept);

beforeAll(() => {
  const authority = readFileSync(join(import.meta.dirname, '../../fixtures/certificates/authority.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);
});

describe('TLS', () => {
  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('does not accept a certificate that is %s', async (certificate, code) => {
    const server = await served({ certificate });
    expect(await failure(socketOf(server, 'wss'))).toBe(`tls ${code}`);
  });

  it('opens over a certificate that is trusted', async () => {
    const server = await served({
      certificate: 'loopback',
      onRequest: (socket, request) => socket.write(switching(request)),
    });
    const { session } = await dialled(socketOf(server, 'wss'));
    expect(session.open).toBe(true);
    await session.close();
  });

  it('is not spoken by a plain port', async () => {
    const server = await served({ onConnect: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') });
    expect(await failure(socketOf(server, 'wss'))).toMatch(/^tls (EPROTO|ERR_SSL_)/);
  });

  it('stalls, and the deadline names the phase', async () => {
    const server = await served({});
    expect(await failure(socketOf(server, 'wss'))).toBe('tls DEADLINE');
  });

  it('ends before it is agreed', async () => {
    const server = await served({ onConnect: (socket) => socket.once('data', () => socket.end()) });
    expect(await failure(socketOf(server, 'wss'))).toBe('tls TLS_EOF');
  });
});

describe('a name', () => {
  const withError = (error: object): Partial<Rig> => ({
    lookup: (_host, _options, done) => {
      setImmediate(done, Object.assign(new Error('injected'), error), []);
    },
  });

  it.each([
    [{ code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo' }, 'dns ENOTFOUND'],
    [{ code: 'EAI_AGAIN', errno: -3001, syscall: 'getaddrinfo' }, 'dns EAI_AGAIN'],
    [{ code: 'EMFILE', errno: -24, syscall: 'connect' }, 'tcp EMFILE'],
    [{ code: 'ENETUNREACH', errno: -101, syscall: 'connect' }, 'tcp ENETUNREACH'],
  ])('may not lead anywhere: %j', async (error, expected) => {
    expect(await failure('ws://target.example/ws', {}, withError(error))).toBe(expected);
  });

  it('may not be answered at all', async () => {
    expect(await failure('ws://target.example/ws', {}, { lookup: () => undefined })).toBe('dns DEADLINE');
  });

  it('may have several addresses, all of which refuse', async () => {
    const server = await rawServer({});
    await server.close();
    const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
    const rigChange: Partial<Rig> = { lookup: (_host, _options, done) => setImmediate(done, null, addresses) };
    const { rig } = await dialled(`ws://target.example:${server.port}/ws`, {}, rigChange);
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'tcp', code: 'ECONNREFUSED' });
    expect(seen(rig, 'failed')[0]?.message).toMatch(/127\.0\.0\.1.*127\.0\.0\.2/);
  });
});

describe('an egress proxy', () => {
  const through = (server: RawServer): Partial<Settings> => ({
    proxyFor: () => new URL(`http://127.0.0.1:${server.port}`),
  });

  it('refuses the tunnel', async () => {
    const proxy = await served({ onRequest: (socket) => socket.end(answer('403 Forbidden')) });
    expect(await failure('ws://target.example/ws', through(proxy))).toBe('proxy PROXY_REFUSED');
  });

  it('is not there', async () => {
    const proxy = await rawServer({});
    await proxy.close();
    expect(await failure('ws://target.example/ws', through(proxy))).toBe('proxy ECONNREFUSED');
  });

  it('never answers', async () => {
    const proxy = await served({});
    expect(await failure('ws://target.example/ws', through(proxy))).toBe('proxy DEADLINE');
  });

  it('lets us through to a target that speaks TLS, whose certificate still counts', async () => {
    const tunnelTo = async (certificate: string) => {
      const behind = await served({
        certificate,
        onRequest: (socket, request) => socket.write(switching(request)),
      });
      return await served({
        onRequest(socket) {
          const onward = connect(behind.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
          onward.on('error', () => socket.destroy());
          socket.on('close', () => onward.destroy());
          socket.pipe(onward).pipe(socket);
        },
      });
    };
    const { session } = await dialled('wss://localhost/ws', through(await tunnelTo('loopback')));
    expect(session.open).toBe(true);
    await session.close();
    expect(await failure('wss://localhost/ws', through(await tunnelTo('expired')))).toBe('tls CERT_HAS_EXPIRED');
  });

  it('lets us through', async () => {
    const asked: string[] = [];
    const proxy = await served({
      onRequest(socket, request) {
        asked.push(request.split('\r\n')[0] ?? '');
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.once('data', (chunk: Buffer) => socket.write(switching(chunk.toString('latin1'))));
      },
    });
    const { session } = await dialled('ws://target.example/ws', through(proxy));
    expect(session.open).toBe(true);
    expect(asked).toEqual(['CONNECT target.example:80 HTTP/1.1']);
    await session.close();
  });
});

it('a dial waits for TCP where its packets go nowhere', async () => {
  const hole = kept(await blackHole());
  expect(await failure(`ws://127.0.0.1:${hole.port}/ws`)).toBe('tcp DEADLINE');
});
