import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keyPair } from '../../fixtures/raw-server.ts';
import { systemClock } from '../session/system-clock.ts';
import { exchange, type Question } from './http.ts';

const opened: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  }
});

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  opened.push({ server, sockets });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}
const http = async (listener: RequestListener): Promise<number> => await listening(createServer(listener));
const tcp = async (listener: (socket: Socket) => void): Promise<number> => await listening(createTcp(listener));

beforeAll(() => {
  const authority = readFileSync(join(import.meta.dirname, '../../fixtures/certificates/authority.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);
});

const asked = async (port: number, more: Partial<Question> = {}) =>
  await exchange({
    url: new URL(`http://127.0.0.1:${port}/health?token=canary`),
    method: 'GET',
    deadlineMs: 5000,
    proxy: null,
    clock: systemClock,
    phase: 'health',
    ...more,
  });

describe('an HTTP exchange', () => {
  it('brings the answer, allow-listed headers only, and the head of its body', async () => {
    const port = await http((request, response) => {
      response.writeHead(503, {
        'Retry-After': '10',
        'Set-Cookie': 'sid=canary',
        Server: 'nginx',
        Location: '/x?token=canary',
      });
      response.end(`${request.method} ${request.headers['user-agent']} ${'x'.repeat(600)}`);
    });
    const { answer, text, trouble, tookMs } = await asked(port);
    expect(trouble).toBeNull();
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10', server: 'nginx', location: '/x' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
    expect(answer?.bodyHead.length).toBeGreaterThan(512);
    expect(text).toMatch(/^GET agent-event-harness\/\d+\.\d+\.\d+ x{600}$/);
    expect(tookMs).toBeGreaterThan(0);
  });

  it('reads no more than 1 MiB', async () => {
    const port = await http((_request, response) => response.end('y'.repeat(3_000_000)));
    expect((await asked(port)).text).toHaveLength(1_048_576);
  });

  it('follows no redirect', async () => {
    const port = await http((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect((await asked(port)).answer).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
  });

  it('posts a body with its headers', async () => {
    const port = await http((request, response) => {
      request.on('data', (chunk: Buffer) => response.end(`${request.headers['content-type']} ${chunk.toString()}`));
    });
    const headers = { 'content-type': 'application/json' };
    expect((await asked(port, { method: 'POST', headers, body: '{"a":1}' })).text).toBe('application/json {"a":1}');
  });

  it('names a refused connection', async () => {
    const port = await tcp(() => undefined);
    await new Promise((done) => opened.pop()?.server.close(done));
    expect((await asked(port)).trouble).toMatchObject({ phase: 'tcp', code: 'ECONNREFUSED' });
  });

  it('names an unknown host', async () => {
    const { trouble } = await asked(0, { url: new URL('http://no-such-host.invalid/') });
    expect(trouble?.phase).toBe('dns');
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(trouble?.code);
  });

  it('tells a hang-up before the answer from a reset', async () => {
    const hangsUp = await tcp((socket) => socket.once('data', () => socket.end()));
    const resets = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect((await asked(hangsUp)).trouble).toMatchObject({ phase: 'health', code: 'HANG_UP' });
    expect((await asked(resets)).trouble).toMatchObject({ phase: 'health', code: 'ECONNRESET' });
  });

  it('names what is no HTTP', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    const { trouble } = await asked(port);
    expect(trouble?.phase).toBe('health');
    expect(trouble?.code).toMatch(/^HPE_/);
  });

  it('keeps its own deadline while a server drips, without quoting the query', async () => {
    const port = await tcp((socket) => {
      const drip = setInterval(() => socket.write('H'), 20);
      socket.once('close', () => clearInterval(drip));
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nX-Slow: '));
    });
    const { answer, trouble } = await asked(port, { deadlineMs: 150 });
    expect(answer).toBeNull();
    expect(trouble).toEqual({
      phase: 'health',
      code: 'DEADLINE',
      message: `no answer to GET http://127.0.0.1:${port}/health within 150 ms`,
    });
  });

  it('keeps status and headers of an answer whose body never ends', async () => {
    const port = await http((_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
    });
    const { answer, text, trouble } = await asked(port, { deadlineMs: 700 });
    expect(answer?.status).toBe(200);
    expect(text).toBe('half');
    expect(trouble).toMatchObject({ code: 'DEADLINE', message: expect.stringContaining('no complete body') });
  });

  it('says tls when the port speaks plain text, and when it says nothing', async () => {
    const plain = await http((_request, response) => response.end());
    const mute = await tcp(() => undefined);
    const secure = (port: number): Partial<Question> => ({
      url: new URL(`https://127.0.0.1:${port}/`),
      deadlineMs: 300,
    });
    const wrong = await asked(plain, secure(plain));
    expect(wrong.trouble?.phase).toBe('tls');
    expect(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']).toContain(wrong.trouble?.code);
    expect((await asked(mute, secure(mute))).trouble).toMatchObject({ phase: 'tls', code: 'DEADLINE' });
  });

  it('says tls when TCP ends before TLS is agreed', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.end()));
    const { trouble } = await asked(port, { url: new URL(`https://127.0.0.1:${port}/`) });
    expect(trouble).toMatchObject({ phase: 'tls', code: 'TLS_EOF' });
  });

  it.each([
    ['TLSv1.3', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    ['TLSv1.2', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
  ] as const)('says tls, and which alert, when a server of %s demands a certificate of ours', async (version, code) => {
    const demands = { requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version };
    const port = await listening(createSecure({ ...keyPair('loopback'), ...demands }, (_request, say) => say.end()));
    for (let turn = 0; turn < 10; turn += 1) {
      const { answer, trouble } = await asked(port, { url: new URL(`https://127.0.0.1:${port}/`) });
      expect(answer).toBeNull();
      expect(trouble).toMatchObject({ phase: 'tls', code });
    }
  });

  it('goes through a proxy that agrees', async () => {
    const port = await http((_request, response) => response.end('through'));
    let line = '';
    const proxy = await tcp((socket) =>
      socket.once('data', (head) => {
        line = head.toString();
        const onward = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => undefined);
      }),
    );
    const through = await asked(port, { proxy: new URL(`http://user:p%40ss@127.0.0.1:${proxy}`) });
    expect(through.text).toBe('through');
    expect(line).toMatch(new RegExp(`^CONNECT 127\\.0\\.0\\.1:${port} HTTP/1\\.1\r\n`));
    expect(line.toLowerCase()).toContain(
      `proxy-authorization: basic ${Buffer.from('user:p@ss').toString('base64').toLowerCase()}`,
    );
  });

  it('says proxy when the proxy refuses, is not there, or never answers', async () => {
    const refuses = await tcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')),
    );
    const mute = await tcp(() => undefined);
    const via = async (port: number) =>
      (await asked(9, { proxy: new URL(`http://user:canary@127.0.0.1:${port}`), deadlineMs: 300 })).trouble;
    expect(await via(refuses)).toEqual({
      phase: 'proxy',
      code: 'PROXY_REFUSED',
      message: `proxy 127.0.0.1:${refuses} answered 407 to CONNECT 127.0.0.1:9`,
    });
    expect(await via(1)).toMatchObject({ phase: 'proxy', code: 'ECONNREFUSED' });
    expect(await via(mute)).toMatchObject({ phase: 'proxy', code: 'DEADLINE' });
  });

  it('ends at once when it is interrupted', async () => {
    const port = await tcp(() => undefined);
    const stop = new AbortController();
    const pending = asked(port, { signal: stop.signal, deadlineMs: 60_000 });
    stop.abort();
    expect((await pending).trouble).toMatchObject({ code: 'ABORT_ERR', message: 'interrupted' });
    expect((await asked(port, { signal: stop.signal })).trouble).toMatchObject({ code: 'ABORT_ERR' });
  });
});
