import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer, rawServer, switching } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';
import { Secret } from '../kernel/secret.ts';
import type { Rig } from '../session/rig.ts';
import { Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';
import type { Settings } from '../target/settings.ts';
import { climb } from './ladder.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function kept<T extends { readonly close: () => Promise<unknown> }>(server: T): T {
  open.push(server);
  return server;
}

async function climbed(url: string, change: Partial<Settings> = {}, rigChange: Partial<Rig> = {}) {
  const settings = settingsFor(url, change);
  const rig = rigFor(settings, rigChange);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  const { broken } = await climb(rig, { wallet, persona: persona('alice', rig.runId) });
  const rungs = seen(rig, 'probed').filter((one) => one.probe === 'rung');
  return { rig, broken, rungs, last: rungs.at(-1) };
}

const MINT: Partial<Settings> = {
  auth: {
    mode: 'mint',
    signing: {
      algorithm: 'HS256',
      key: new Secret('0123456789abcdef0123456789abcdef'),
      issuer: 'i',
      audience: 'a',
      lifetimeS: 300,
      keyId: null,
    },
  },
  tokenCarrier: 'header',
};

describe('the ladder', () => {
  it('holds on every rung of a healthy target, times each, and leaves no connection behind', async () => {
    const target = kept(await wholeTarget());
    const { rig, broken, rungs } = await climbed(target.url);
    expect(broken).toBe(null);
    expect(rungs.map((one) => one.rung)).toEqual([
      'configuration',
      'dns',
      'tcp',
      'tls',
      'health',
      'credentials',
      'upgrade',
      'welcome',
    ]);
    expect(rungs.every((one) => one.ok && one.tookMs >= 0 && one.session === 'ladder')).toBe(true);
    expect(rungs.find((one) => one.rung === 'tls')?.detail).toBe('not used: ws');
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1000, how: 'frame' });
    expect(seen(rig, 'joined').every((one) => one.role === 'ladder')).toBe(true);
  });

  it('breaks at dns where the name does not resolve, and asks whether any name does', async () => {
    const lookup: NonNullable<Rig['lookup']> = (host, _options, done) => {
      if (host === 'localhost') setImmediate(done, null, [{ address: '127.0.0.1', family: 4 }]);
      else setImmediate(done, Object.assign(new Error('no'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), []);
    };
    const { rig, broken, last } = await climbed('ws://target.example/ws', {}, { lookup });
    expect(broken).toBe('dns');
    expect(last?.trouble).toMatchObject({ phase: 'dns', code: 'ENOTFOUND' });
    const control = seen(rig, 'probed').find((one) => one.probe === 'control-lookup');
    expect(control).toMatchObject({ ok: false, facts: { external: 'ENOTFOUND', local: 'resolved' } });
  });

  it('breaks at dns where nobody answers, within the deadline', async () => {
    const { broken, last } = await climbed('ws://target.example/ws', {}, { lookup: () => undefined });
    expect(broken).toBe('dns');
    expect(last?.trouble).toMatchObject({ phase: 'dns', code: 'DEADLINE' });
  });

  it('breaks at tcp where nobody listens', async () => {
    const server = await rawServer({});
    await server.close();
    const { broken, last } = await climbed(`ws://127.0.0.1:${server.port}/ws`);
    expect(broken).toBe('tcp');
    expect(last?.trouble).toMatchObject({ phase: 'tcp', code: 'ECONNREFUSED' });
  });

  it('breaks at health only where the connection breaks on the port of the socket', async () => {
    const server = kept(await rawServer({ onRequest: (socket) => socket.resetAndDestroy() }));
    const { broken, last } = await climbed(`ws://127.0.0.1:${server.port}/ws`);
    expect(broken).toBe('health');
    expect(last?.trouble?.code).toBe('ECONNRESET');
  });

  it('breaks at credentials where there is no token to be had', async () => {
    const target = kept(
      await wholeTarget({ onHttp: (_request, response) => sayJson(response, 401, { detail: 'no' }) }),
    );
    const auth: Settings['auth'] = {
      mode: 'simulate',
      key: new Secret('some-simulation-key'),
      path: '/auth/e2e/test-auth',
    };
    const { broken, last } = await climbed(target.url, { auth });
    expect(broken).toBe('credentials');
    expect(last?.answer?.status).toBe(401);
  });

  it('breaks at upgrade where the target answers something else', async () => {
    const target = kept(
      await wholeTarget({
        onUpgrade(_request, socket) {
          socket.end(answer('503 Service Unavailable', ['Retry-After: 10'], 'not yet'));
          return true;
        },
      }),
    );
    const { broken, last, rig } = await climbed(target.url);
    expect(broken).toBe('upgrade');
    expect(last).toMatchObject({
      answer: { status: 503, bodyHead: 'not yet' },
      trouble: null,
      detail: 'refused with 503',
    });
    expect(seen(rig, 'probed').some((one) => one.probe === 'without-token')).toBe(false);
  });

  it('asks without the token and at a bogus path after a 403', async () => {
    const target = kept(
      await wholeTarget({
        onUpgrade(request, socket) {
          if (request.headers.authorization === undefined && request.url === '/ws') return false;
          socket.end(answer(request.url === '/ws' ? '403 Forbidden' : '404 Not Found'));
          return true;
        },
      }),
    );
    const { broken, rig } = await climbed(target.url, MINT);
    expect(broken).toBe('upgrade');
    const probes = seen(rig, 'probed').filter((one) => one.probe === 'without-token' || one.probe === 'bogus-path');
    expect(probes.find((one) => one.probe === 'without-token')).toMatchObject({ ok: true, facts: { opened: true } });
    expect(probes.find((one) => one.probe === 'bogus-path')).toMatchObject({ ok: false, answer: { status: 404 } });
    const roles = seen(rig, 'joined').filter((one) => one.session !== 'ladder');
    expect(roles.map((one) => one.role)).toEqual(['probe', 'probe']);
  });

  it('breaks at welcome where none comes, or the connection ends first', async () => {
    const silent = kept(await wholeTarget({ onOpen: () => undefined }));
    const first = await climbed(silent.url);
    expect(first.broken).toBe('welcome');
    expect(first.last?.trouble).toMatchObject({ phase: 'welcome', code: 'DEADLINE' });
    const closing = kept(await wholeTarget({ onOpen: (socket) => socket.close(1011, 'Service not ready') }));
    const second = await climbed(closing.url);
    expect(second.broken).toBe('welcome');
    expect(second.last).toMatchObject({ trouble: null, facts: { closeCode: 1011, closeReason: 'Service not ready' } });
  });

  it('stops where the run is cut', async () => {
    const { broken, rungs } = await climbed('ws://127.0.0.1:9/ws', {}, { signal: AbortSignal.abort() });
    expect(broken).toBe('configuration');
    expect(rungs).toEqual([]);
  });
});

describe('the health rung', () => {
  it('names what is reported as failed, and the climb goes on', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (_request, response) =>
          sayJson(response, 503, {
            status: 'unhealthy',
            core_db: 'connected',
            redis_db: 'failed',
            version: 'abcdef1234',
          }),
      }),
    );
    const { rungs, broken, rig } = await climbed(target.url, { expectedRevision: 'abcdef1' });
    expect(broken).toBe(null);
    const health = rungs.find((one) => one.rung === 'health');
    expect(health).toMatchObject({
      ok: true,
      facts: { failed: ['redis_db'], revision: 'abcdef1234', revisionMismatch: false },
    });
    expect(health?.detail).toContain('answered 503; unhealthy; failed: redis_db');
    const backend = seen(rig, 'probed').find((one) => one.probe === 'backend-health');
    expect(backend).toMatchObject({ ok: false, answer: { status: 503 } });
  });

  it.each([
    ['another revision', { status: 'ok', revision: 'fedcba9' }],
    ['no revision', { status: 'ok' }],
  ])('says when it finds %s than expected', async (_what, body) => {
    const target = kept(await wholeTarget({ onHttp: (_request, response) => sayJson(response, 200, body) }));
    const { rungs } = await climbed(target.url, { expectedRevision: 'abcdef1234' });
    expect(rungs.find((one) => one.rung === 'health')?.facts.revisionMismatch).toBe(true);
  });

  it('falls back from /health/ready to /health', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (request, response) =>
          request.url === '/health' ? sayJson(response, 200, { status: 'ok' }) : sayJson(response, 404, {}),
      }),
    );
    const { rig } = await climbed(target.url);
    const backend = seen(rig, 'probed').find((one) => one.probe === 'backend-health');
    expect(backend).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(backend?.detail).toContain('no /health/ready');
  });

  it('takes a readiness gate before the socket’s health for what it is', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (request, response) =>
          request.url === '/ws/health' && request.method === 'GET'
            ? sayJson(response, 503, { error: 'not ready' })
            : sayJson(response, 200, { status: 'ok' }),
      }),
    );
    const { rig } = await climbed(target.url);
    const socket = seen(rig, 'probed').find((one) => one.probe === 'socket-health');
    expect(socket).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(socket?.detail).toContain('GET answered 503, HEAD 200');
  });

  it('goes on where nobody answers in time, or where another port is dead', async () => {
    const silent = kept(await wholeTarget({ onHttp: () => undefined }));
    expect((await climbed(silent.url)).broken).toBe(null);
    const dead = await rawServer({});
    await dead.close();
    const target = kept(await wholeTarget());
    const { broken, rungs } = await climbed(target.url, { authUrl: new URL(`http://127.0.0.1:${dead.port}`) });
    expect(broken).toBe(null);
    expect(rungs.find((one) => one.rung === 'health')?.detail).toContain('auth ECONNREFUSED');
  });
});

describe('the tls rung', () => {
  beforeAll(() => {
    const authority = readFileSync(join(import.meta.dirname, '../../fixtures/certificates/authority.pem'), 'utf8');
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
    proxy.on('connect', async (_request, client) => {
      const { connect } = await import('node:net');
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
