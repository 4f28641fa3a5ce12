import { afterEach, describe, expect, it } from 'vitest';
import { climbed } from '../../fixtures/climbs.ts';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { answer, rawServer } from '../../fixtures/raw-server.ts';
import { seen } from '../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';
import { Secret } from '../kernel/secret.ts';
import type { Rig } from '../session/rig.ts';
import type { Settings } from '../target/settings.ts';

afterEach(closeKept);

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

  it('dials a rung again where its trouble may pass, and notes each try', async () => {
    const target = kept(await wholeTarget());
    let asked = 0;
    const lookup: NonNullable<Rig['lookup']> = (_host, options, done) => {
      asked += 1;
      const found = { address: '127.0.0.1', family: 4 };
      if (asked === 1) setImmediate(done, Object.assign(new Error('no'), { code: 'EAI_AGAIN' }), []);
      else if (options.all) setImmediate(done, null, [found]);
      else setImmediate(done, null, found.address, found.family);
    };
    const url = target.url.replace('127.0.0.1', 'target.example');
    const http = new URL(target.url.replace('ws:', 'http:'));
    const { broken, rungs } = await climbed(url, { dialTries: 3, httpUrl: http, authUrl: http }, { lookup });
    const dns = rungs.filter((one) => one.rung === 'dns');
    expect(dns.map(({ ok, facts }) => [ok, facts.attempts])).toEqual([
      [false, undefined],
      [true, 2],
    ]);
    expect(dns[0]?.trouble?.code).toBe('EAI_AGAIN');
    expect(broken).not.toBe('dns');
  });

  it('gives up a rung after its tries, and at once where another try is no use', async () => {
    const server = await rawServer({});
    await server.close();
    const { rungs } = await climbed(`ws://127.0.0.1:${server.port}/ws`, { dialTries: 2 });
    expect(rungs.filter((one) => one.rung === 'tcp').map(({ facts }) => facts.attempts)).toEqual([undefined, 2]);
    const lookup: NonNullable<Rig['lookup']> = (_host, _options, done) => {
      setImmediate(done, Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    };
    const gone = await climbed('ws://target.example/ws', { dialTries: 2 }, { lookup });
    expect(gone.rungs.filter((one) => one.rung === 'dns')).toHaveLength(1);
  });

  it('forgives one reset of a health answer', async () => {
    let resets = 0;
    const target = kept(
      await wholeTarget({
        onHttp(request, response) {
          if (resets++ === 0) request.socket.resetAndDestroy();
          else sayJson(response, 200, { status: 'ok' });
        },
      }),
    );
    const { broken, rungs } = await climbed(target.url, { dialTries: 3 });
    expect(broken).toBe(null);
    expect(rungs.filter((one) => one.rung === 'health').map(({ ok }) => ok)).toEqual([false, true]);
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
