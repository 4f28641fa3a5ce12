import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, dialled, failure, served, socketOf } from '../../fixtures/dials.ts';
import { answer, rawServer, switching } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { Secret } from '../kernel/secret.ts';
import type { Credential } from '../target/credentials.ts';
import { dial } from './dial.ts';

afterEach(closeKept);

const CREDENTIAL: Credential = {
  token: new Secret('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLWFsaWNl'),
  subject: 'alice',
  issuedAtMs: 0,
  expiresAtMs: null,
  fingerprint: '00000000',
  source: 'mint',
};

describe('a port that does not speak', () => {
  it('refuses, and that is said of TCP', async () => {
    const server = await rawServer({});
    await server.close();
    expect(await failure(socketOf(server))).toBe('tcp ECONNREFUSED');
  });

  it('closes in order as soon as it has accepted', async () => {
    const server = await served({ onConnect: (socket) => socket.end() });
    expect(await failure(socketOf(server))).toBe('upgrade HANG_UP');
  });

  it('closes in order after the request', async () => {
    const server = await served({ onRequest: (socket) => socket.end() });
    expect(await failure(socketOf(server))).toBe('upgrade HANG_UP');
  });

  it('resets after the request', async () => {
    const server = await served({ onRequest: (socket) => socket.resetAndDestroy() });
    expect(await failure(socketOf(server))).toBe('upgrade ECONNRESET');
  });

  it('resets as soon as it has accepted', async () => {
    const server = await served({ onConnect: (socket) => socket.resetAndDestroy() });
    expect(await failure(socketOf(server))).toMatch(/^(tcp|upgrade) ECONNRESET$/);
  });

  it('never answers, and the deadline is ours', async () => {
    const server = await served({ onRequest: () => undefined });
    const { rig } = await dialled(socketOf(server));
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
    const { rig } = await dialled(socketOf(server));
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'upgrade', code: 'DEADLINE' });
    expect(seen(rig, 'failed')[0]?.tookMs).toBeLessThan(700);
  });

  it('answers something that is not HTTP', async () => {
    const server = await served({ onRequest: (socket) => socket.end('220 mail ready\r\n') });
    expect(await failure(socketOf(server))).toBe('upgrade HPE_INVALID_CONSTANT');
  });
});

describe('an answer whose body breaks', () => {
  const BROKEN: readonly (readonly [how: string, head: string, body: string, reset: boolean])[] = [
    ['is reset', 'Content-Length: 300', '{"er', true],
    ['has a bad chunk', 'Transfer-Encoding: chunked', 'XX\r\n', false],
    ['is longer than it says', 'Content-Length: 4', '{"error":"more"}', false],
    ['is shorter than it says', 'Content-Length: 300', '{"er', false],
  ];
  it.each(BROKEN)('is refused by its head where the body %s', async (_how, head, body, reset) => {
    const server = await served({
      onRequest(socket) {
        socket.write(`HTTP/1.1 404 Not Found\r\n${head}\r\n\r\n${body}`, () => {
          if (reset) setTimeout(() => socket.resetAndDestroy(), 30);
          else socket.end();
        });
      },
    });
    const { rig } = await dialled(socketOf(server), { dialTries: 3 });
    expect(seen(rig, 'failed')).toEqual([]);
    expect(seen(rig, 'refused')).toMatchObject([{ attempt: 1, answer: { status: 404 } }]);
  });
});

describe('an HTTP answer in place of a 101', () => {
  it.each([200, 301, 400, 401, 403, 404, 405, 408, 426, 429, 500, 502, 503, 504])('is kept: %i', async (status) => {
    const headers = ['Server: thing/1', 'Set-Cookie: a=b', 'Location: http://elsewhere.example/login?token=abc'];
    const server = await served({
      onRequest: (socket) => socket.end(answer(`${status} Words`, headers, 'the reason')),
    });
    const { rig, kinds } = await dialled(socketOf(server));
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
    const { rig } = await dialled(socketOf(server));
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
    const { rig } = await dialled(socketOf(server));
    expect(seen(rig, 'refused')[0]?.answer.status).toBe(503);
    expect(seen(rig, 'refused')[0]?.answer.bodyHead).toMatch(/^y+$/);
  });

  it('is never followed elsewhere', async () => {
    const elsewhere = await served({ onRequest: (socket) => socket.end(answer('200 OK')) });
    const server = await served({
      onRequest: (socket) => socket.end(answer('302 Found', [`Location: ${socketOf(elsewhere, 'http')}`])),
    });
    await dialled(socketOf(server));
    expect(elsewhere.connections()).toBe(0);
  });
});

describe('a broken handshake', () => {
  const failing = async (reply: (request: string) => string): Promise<string | null> => {
    const server = await served({ onRequest: (socket, request) => socket.write(reply(request)) });
    return await failure(socketOf(server));
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
    const rig = rigFor(settingsFor(socketOf(server)));
    await dial(rig, { ...ALICE, credential: CREDENTIAL });
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'upgrade', code: 'HANDSHAKE_SUBPROTOCOL_INVALID' });
  });
});
