import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blackHole } from '../../fixtures/black-hole.ts';
import { answer, frame, type RawServer, rawServer, switching } from '../../fixtures/raw-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { Secret } from '../kernel/secret.ts';
import type { Credential } from '../target/credentials.ts';
import type { Settings } from '../target/settings.ts';
import { dial } from './dial.ts';
import type { Rig } from './rig.ts';

const open: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function served(script: Parameters<typeof rawServer>[0]): Promise<RawServer> {
  const server = await rawServer(script);
  open.push(server);
  return server;
}

const ALICE = { session: 'alice', persona: 'alice', role: 'user', credential: null } as const;

const CREDENTIAL: Credential = {
  token: new Secret('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLWFsaWNl'),
  subject: 'alice',
  issuedAtMs: 0,
  expiresAtMs: null,
  fingerprint: '00000000',
  source: 'mint',
};

async function dialled(url: string, change: Partial<Settings> = {}, rigChange: Partial<Rig> = {}) {
  const rig = rigFor(settingsFor(url, change), rigChange);
  const session = await dial(rig, ALICE);
  return { rig, session, kinds: rig.recorder.observations.map((one) => one.kind) };
}

async function failure(url: string, change: Partial<Settings> = {}, rigChange: Partial<Rig> = {}) {
  const { rig, session } = await dialled(url, change, rigChange);
  expect(session.open).toBe(false);
  const [failed] = seen(rig, 'failed');
  return failed === undefined ? null : `${failed.phase} ${failed.code}`;
}

const local = (server: RawServer, scheme = 'ws'): string => `${scheme}://127.0.0.1:${server.port}/ws`;

describe('a port that does not speak', () => {
  it('refuses, and that is said of TCP', async () => {
    const server = await rawServer({});
    await server.close();
    expect(await failure(local(server))).toBe('tcp ECONNREFUSED');
  });

  it('closes in order as soon as it has accepted', async () => {
    const server = await served({ onConnect: (socket) => socket.end() });
    expect(await failure(local(server))).toBe('upgrade HANG_UP');
  });

  it('closes in order after the request', async () => {
    const server = await served({ onRequest: (socket) => socket.end() });
    expect(await failure(local(server))).toBe('upgrade HANG_UP');
  });

  it('resets after the request', async () => {
    const server = await served({ onRequest: (socket) => socket.resetAndDestroy() });
    expect(await failure(local(server))).toBe('upgrade ECONNRESET');
  });

  it('resets as soon as it has accepted', async () => {
    const server = await served({ onConnect: (socket) => socket.resetAndDestroy() });
    expect(await failure(local(server))).toMatch(/^(tcp|upgrade) ECONNRESET$/);
  });

  it('never answers, and the deadline is ours', async () => {
    const server = await served({ onRequest: () => undefined });
    const { rig } = await dialled(local(server));
    const [failed] = seen(rig, 'failed');
    expect(failed).toMatchObject({ phase: 'upgrade', code: 'DEADLINE' });
    expect(failed?.tookMs).toBeGreaterThanOrEqual(400);
    expect(failed?.tookMs).toBeLessThan(700);
  });

  it('drips one byte every 20 ms and does not outlive the deadline', async () => {
    const server = await served({
      onRequest(socket) {
        const line = `HTTP/1.1 101 Switching Protocols\r\nX-Drip: ${'a'.repeat(4000)}`;
        let at = 0;
        const drip = setInterval(() => socket.write(line[at++] ?? 'a'), 20);
        socket.on('close', () => clearInterval(drip));
      },
    });
    const { rig } = await dialled(local(server));
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'upgrade', code: 'DEADLINE' });
    expect(seen(rig, 'failed')[0]?.tookMs).toBeLessThan(700);
  });

  it('answers something that is not HTTP', async () => {
    const server = await served({ onRequest: (socket) => socket.end('220 mail ready\r\n') });
    expect(await failure(local(server))).toBe('upgrade HPE_INVALID_CONSTANT');
  });
});

describe('an HTTP answer in place of a 101', () => {
  it.each([200, 301, 400, 401, 403, 404, 405, 408, 426, 429, 500, 502, 503, 504])('is kept: %i', async (status) => {
    const headers = ['Server: thing/1', 'Set-Cookie: a=b', 'Location: http://elsewhere.example/login?token=abc'];
    const server = await served({
      onRequest: (socket) => socket.end(answer(`${status} Words`, headers, 'the reason')),
    });
    const { rig, kinds } = await dialled(local(server));
    expect(kinds).toEqual(['joined', 'dialled', 'refused']);
    expect(seen(rig, 'refused')[0]?.answer).toMatchObject({ status, bodyHead: 'the reason' });
    expect(seen(rig, 'refused')[0]?.answer.headers).toMatchObject({ server: 'thing/1' });
    expect(JSON.stringify(rig.recorder.observations)).not.toMatch(/set-cookie|token=abc/);
  });

  it('is kept up to 512 characters, and its endless body is not waited for', async () => {
    const server = await served({
      onRequest(socket) {
        socket.write('HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n');
        const more = setInterval(() => socket.write(`400\r\n${'x'.repeat(1024)}\r\n`), 1);
        socket.on('close', () => clearInterval(more));
      },
    });
    const { rig } = await dialled(local(server));
    expect(seen(rig, 'refused')[0]?.answer.bodyHead).toBe('x'.repeat(512));
  });

  it('is known although its body drips', async () => {
    const server = await served({
      onRequest(socket) {
        socket.write('HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\n');
        const drip = setInterval(() => socket.write('y'), 50);
        socket.on('close', () => clearInterval(drip));
      },
    });
    const { rig } = await dialled(local(server));
    expect(seen(rig, 'refused')[0]?.answer.status).toBe(503);
    expect(seen(rig, 'refused')[0]?.answer.bodyHead).toMatch(/^y+$/);
  });

  it('is never followed elsewhere', async () => {
    const elsewhere = await served({ onRequest: (socket) => socket.end(answer('200 OK')) });
    const server = await served({
      onRequest: (socket) => socket.end(answer('302 Found', [`Location: ${local(elsewhere, 'http')}`])),
    });
    await dialled(local(server));
    expect(elsewhere.connections()).toBe(0);
  });
});

describe('a broken handshake', () => {
  const failing = async (reply: (request: string) => string): Promise<string | null> => {
    const server = await served({ onRequest: (socket, request) => socket.write(reply(request)) });
    return await failure(local(server));
  };

  it('has an accept key of its own', async () => {
    expect(await failing((request) => switching(request, { accept: 'bm90IHRoZSBrZXkgYXQgYWxs' }))).toBe(
      'upgrade HANDSHAKE_ACCEPT_INVALID',
    );
  });

  it('has no Upgrade header', async () => {
    expect(await failing(() => 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n')).toBe(
      'upgrade HANDSHAKE_UPGRADE_INVALID',
    );
  });

  it('has no Connection header', async () => {
    expect(await failing((request) => switching(request).replace('Connection: Upgrade\r\n', ''))).toBe(
      'upgrade HANDSHAKE_UPGRADE_INVALID',
    );
  });

  it('agrees to an extension that nobody offered', async () => {
    const extra = 'Sec-WebSocket-Extensions: permessage-deflate';
    expect(await failing((request) => switching(request, { extra }))).toBe('upgrade HANDSHAKE_EXTENSION_INVALID');
  });

  it('picks a subprotocol that nobody offered', async () => {
    const extra = 'Sec-WebSocket-Protocol: chat';
    expect(await failing((request) => switching(request, { extra }))).toBe('upgrade HANDSHAKE_SUBPROTOCOL_INVALID');
  });

  it('picks no subprotocol although some were offered', async () => {
    const server = await served({ onRequest: (socket, request) => socket.write(switching(request)) });
    const rig = rigFor(settingsFor(local(server)));
    await dial(rig, { ...ALICE, credential: CREDENTIAL });
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'upgrade', code: 'HANDSHAKE_SUBPROTOCOL_INVALID' });
  });
});

describe('TLS', () => {
  beforeAll(() => {
    const authority = readFileSync(join(import.meta.dirname, '../../fixtures/certificates/authority.pem'), 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), authority]);
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('does not accept a certificate that is %s', async (certificate, code) => {
    const server = await served({ certificate });
    expect(await failure(local(server, 'wss'))).toBe(`tls ${code}`);
  });

  it('opens over a certificate that is trusted', async () => {
    const server = await served({
      certificate: 'loopback',
      onRequest: (socket, request) => socket.write(switching(request)),
    });
    const { session } = await dialled(local(server, 'wss'));
    expect(session.open).toBe(true);
    await session.close();
  });

  it('is not spoken by a plain port', async () => {
    const server = await served({ onConnect: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') });
    expect(await failure(local(server, 'wss'))).toMatch(/^tls (EPROTO|ERR_SSL_)/);
  });

  it('stalls, and the deadline names the phase', async () => {
    const server = await served({});
    expect(await failure(local(server, 'wss'))).toBe('tls DEADLINE');
  });

  it('ends before it is agreed', async () => {
    const server = await served({ onConnect: (socket) => socket.once('data', () => socket.end()) });
    expect(await failure(local(server, 'wss'))).toBe('tls TLS_EOF');
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

describe('a dial', () => {
  it('says who it is, and carries its token where the settings want it', async () => {
    let head = '';
    const server = await served({
      onRequest(socket, request) {
        head = request;
        socket.write(switching(request, { extra: 'Sec-WebSocket-Protocol: jwt-auth' }));
      },
    });
    const rig = rigFor(settingsFor(local(server), { origin: 'https://app.example' }));
    const session = await dial(rig, { ...ALICE, credential: CREDENTIAL });
    expect(session.open).toBe(true);
    expect(head).toMatch(/^GET \/ws HTTP\/1.1\r\n/);
    expect(head).toMatch(/user-agent: agent-event-harness\/\d/i);
    expect(head).toMatch(/x-agent-events-run: run1/i);
    expect(head).toMatch(/traceparent: 00-0123456789abcdef0123456789abcdef-/i);
    expect(head).toMatch(/origin: https:\/\/app\.example/i);
    expect(head).toContain(`Bearer ${CREDENTIAL.token.reveal()}`);
    expect(head).not.toMatch(/x-.*(e2e|test)/i);
    expect(rig.recorder.observations.map((one) => one.kind)).toEqual(['joined', 'credentialed', 'dialled', 'opened']);
    await session.close();
  });

  it('leaves no trace of its token, even where the target gives it back', async () => {
    const token = CREDENTIAL.token.reveal();
    const server = await served({
      onRequest: (socket) => socket.end(answer('403 Forbidden', [`Server: ${token}`], `you sent ${token}`)),
    });
    const rig = rigFor(settingsFor(local(server), { tokenCarrier: 'query' }));
    await dial(rig, { ...ALICE, credential: CREDENTIAL });
    const written = JSON.stringify(rig.recorder.observations);
    for (const part of token.split('.')) expect(written).not.toContain(part);
  });

  it('leaves its token at home when told to, and asks elsewhere when told where', async () => {
    let head = '';
    const server = await served({
      onRequest(socket, request) {
        head = request;
        socket.end(answer('403 Forbidden'));
      },
    });
    const rig = rigFor(settingsFor(local(server), { origin: 'https://app.example', testHeaders: true }));
    await dial(rig, { ...ALICE, credential: CREDENTIAL, withToken: false, path: '/elsewhere', origin: null });
    expect(head).toMatch(/^GET \/elsewhere /);
    expect(head).not.toMatch(/authorization|sec-websocket-protocol|origin/i);
    expect(head).toMatch(/x-e2e-test: true/i);
  });

  it('is our own mistake when its token cannot be sent', async () => {
    const token = new Secret('line one\nline two');
    const rig = rigFor(settingsFor('ws://127.0.0.1:9/ws'));
    await dial(rig, { ...ALICE, credential: { ...CREDENTIAL, token } });
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'configuration', code: 'ERR_INVALID_CHAR' });
  });

  it('tries again while that may help, and notes every try', async () => {
    let requests = 0;
    const server = await served({
      onRequest(socket, request) {
        requests += 1;
        if (requests === 1) socket.end(answer('503 Service Unavailable'));
        else socket.write(switching(request));
      },
    });
    const { rig, session, kinds } = await dialled(local(server), { dialTries: 3 });
    expect(session.open).toBe(true);
    expect(kinds).toEqual(['joined', 'dialled', 'refused', 'dialled', 'opened']);
    expect(seen(rig, 'dialled').map((one) => one.attempt)).toEqual([1, 2]);
    expect((seen(rig, 'dialled')[1]?.atMs ?? 0) - (seen(rig, 'refused')[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(495);
    await session.close();
  });

  it('gives up after as many tries as it has', async () => {
    const server = await served({ onRequest: (socket) => socket.end(answer('502 Bad Gateway')) });
    const { rig, session } = await dialled(local(server), { dialTries: 2 });
    expect(session.open).toBe(false);
    expect(seen(rig, 'refused').map((one) => one.attempt)).toEqual([1, 2]);
  });

  it.each([400, 401, 403, 404, 200, 301])('never tries again after %i', async (status) => {
    const server = await served({ onRequest: (socket) => socket.end(answer(`${status} No`)) });
    await dialled(local(server), { dialTries: 3 });
    expect(server.connections()).toBe(1);
  });

  it('ends when the run is cut, and says how far it had come', async () => {
    const cut = new AbortController();
    const server = await served({ onRequest: () => cut.abort() });
    const { rig } = await dialled(local(server), { dialTries: 3 }, { signal: cut.signal });
    expect(seen(rig, 'failed')).toMatchObject([{ phase: 'upgrade', code: 'DEADLINE' }]);
  });

  it('that never opened never closes', async () => {
    const server = await served({ onRequest: (socket) => socket.end(answer('503 No')) });
    const { session, rig } = await dialled(local(server));
    await session.close();
    expect(seen(rig, 'closed')).toEqual([]);
    expect(await session.welcomed()).toBe(false);
  });

  it('hears a frame that comes in the same packet as the 101', async () => {
    const welcome = frame('{"type":"connection_established","data":{"connection_id":"c1"}}');
    const server = await served({
      onRequest: (socket, request) => socket.write(Buffer.concat([Buffer.from(switching(request)), welcome])),
    });
    const { session, kinds, rig } = await dialled(local(server));
    await noted(rig, () => seen(rig, 'received').length === 1);
    expect(kinds.slice(0, 3)).toEqual(['joined', 'dialled', 'opened']);
    expect(await session.welcomed()).toBe(true);
    await session.close();
  });

  it('waits for TCP where its packets go nowhere', async () => {
    const hole = await blackHole();
    open.push(hole);
    expect(await failure(`ws://127.0.0.1:${hole.port}/ws`)).toBe('tcp DEADLINE');
  });
});
