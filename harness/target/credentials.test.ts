import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../kernel/clock.ts';
import { Secret } from '../kernel/secret.ts';
import { BUDGETS } from './budgets.ts';
import { type CredentialResult, Wallet } from './credentials.ts';
import { persona } from './personas.ts';
import type { AuthPlan, Settings, Signing } from './settings.ts';

const alice = persona('alice', 'r1');
const bob = persona('bob', 'r1');
const KEY = 'canary-simulation-key-7';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object): string => `${part({ alg: 'HS256' })}.${part(claims)}.canary-signature-of-this-token`;

let skippedMs = 0;
const clock: Clock = {
  nowMs: () => Number(process.hrtime.bigint()) / 1e6,
  wallMs: () => Date.now() + skippedMs,
  after: (delayMs, then) => {
    const timer = setTimeout(() => setImmediate(then), delayMs);
    return () => clearTimeout(timer);
  },
};

type Asked = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: Record<string, unknown> };
type Reply =
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  | 'silence'
  | 'hang-up';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  skippedMs = 0;
  for (const stop of stops.splice(0)) await stop();
});

async function service(reply: (asked: Asked, nth: number) => Reply): Promise<{ url: URL; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const question = { url: request.url ?? '', headers: request.headers, body: JSON.parse(text) };
      asked.push(question);
      const answer = reply(question, asked.length);
      if (answer === 'silence') return;
      if (answer === 'hang-up') request.socket.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), asked };
}

function settings(auth: AuthPlan, authUrl: URL, more: Partial<Settings> = {}): Settings {
  return {
    environment: 'staging',
    wsUrl: new URL('ws://127.0.0.1:9/ws'),
    httpUrl: authUrl,
    authUrl,
    origin: null,
    profile: 'netra',
    auth,
    tokenCarrier: 'both',
    testHeaders: false,
    tlsUnverified: false,
    proxyFor: () => null,
    budgets: BUDGETS.local,
    graceMs: 10_000,
    requestType: null,
    prompt: null,
    expectedRevision: null,
    dialTries: 3,
    secrets: [new Secret(KEY)],
    sources: {},
    ...more,
  };
}

const token = (claims: object): Reply => ({
  status: 200,
  body: JSON.stringify({ access_token: jwt(claims), refresh_token: 'canary-refresh', token_type: 'Bearer' }),
});
const now = (): number => Math.floor(Date.now() / 1000);
const fresh = (sub: string, lifetimeS = 900): Reply => token({ sub, iat: now(), exp: now() + lifetimeS });
const SIMULATE: AuthPlan = { mode: 'simulate', key: new Secret(KEY), path: '/auth/e2e/test-auth' };
const wallet = (of: Settings, onSecret?: (secret: Secret) => void): Wallet =>
  new Wallet({ settings: of, clock, traceId: TRACE, ...(onSecret === undefined ? {} : { onSecret }) });

/** Everything but the token itself, which prints as a mask anyway. */
const printed = (result: CredentialResult): string => JSON.stringify(result);

describe('the OAuth simulation', () => {
  it('exchanges the key for a token, and reads the user from it', async () => {
    const { url, asked } = await service(() => fresh('e2e-alice'));
    const hidden: string[] = [];
    const result = await wallet(settings(SIMULATE, url), (secret) => hidden.push(secret.reveal())).obtain(alice);
    expect(result).toMatchObject({
      ok: true,
      credential: { subject: 'e2e-alice', source: 'simulate', fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) },
      detail: expect.stringMatching(/^a token for e2e-alice, valid for (899|900) s$/),
      answer: { status: 200, bodyHead: '' },
      facts: { mode: 'simulate', status: 200 },
    });
    expect(Math.abs(Number(result.facts.clockOffsetMs))).toBeLessThan(5000);
    expect(asked[0]).toMatchObject({
      url: '/auth/e2e/test-auth',
      headers: {
        'x-e2e-bypass-key': KEY,
        'content-type': 'application/json',
        traceparent: expect.stringContaining(TRACE),
      },
      body: { email: alice.email, name: alice.fullName, permissions: ['read', 'write'], simulate_oauth: true },
    });
    expect(asked[0]?.headers['user-agent']).toMatch(/^agent-event-harness\/\d/);
    expect(asked[0]?.headers['user-agent']).not.toMatch(/factory|isolated|test|e2e/i);
    expect(hidden).toEqual([result.ok ? result.credential?.token.reveal() : '']);
    expect(printed(result)).not.toContain('canary');
  });

  it('keeps to a base path of the auth service', async () => {
    const { url, asked } = await service(() => fresh('u'));
    await wallet(settings(SIMULATE, new URL('/base/', url))).obtain(alice);
    expect(asked[0]?.url).toBe('/base/auth/e2e/test-auth');
  });

  it.each([
    [401, '{"detail":"Invalid E2E bypass key"}', 'answered 401: Invalid E2E bypass key'],
    [403, '{"detail":"E2E test authentication is not available in production"}', 'answered 403: E2E test'],
    [503, '{"detail":"E2E authentication not configured"}', 'answered 503: E2E authentication not configured'],
    [422, '{"detail":[{"loc":["body"]}]}', 'answered 422'],
    [500, `<html>echo ${KEY}</html>`, 'answered 500'],
    [307, '', 'answered 307'],
  ])('is no token when the answer is %i', async (status, body, said) => {
    const { url } = await service(() => ({ status, body }));
    const result = await wallet(settings(SIMULATE, url)).obtain(alice);
    expect(result).toMatchObject({ ok: false, trouble: null, answer: { status }, facts: { mode: 'simulate', status } });
    expect(result.detail).toContain(said);
    expect(printed(result)).not.toContain('canary');
  });

  it.each([
    ['no JSON', 'hello canary', 'no access_token'],
    ['no token', '{"token":"canary"}', 'no access_token'],
    ['an opaque token', '{"access_token":"canary"}', 'no readable JWT'],
    ['a token of nobody', JSON.stringify({ access_token: jwt({ exp: 1 }) }), 'a token that names no subject'],
  ])('is no token when 200 brings %s', async (_, body, said) => {
    const { url } = await service(() => ({ status: 200, body }));
    const result = await wallet(settings(SIMULATE, url)).obtain(alice);
    expect(result).toMatchObject({ ok: false, trouble: null, facts: { tokenUnreadable: true, status: 200 } });
    expect(result.detail).toContain(`answered 200 with ${said}`);
    expect(printed(result)).not.toContain('canary');
  });

  it('says what became of the connection when nobody answers', async () => {
    const gone = await service(() => 'hang-up');
    expect(await wallet(settings(SIMULATE, gone.url)).obtain(alice)).toMatchObject({
      ok: false,
      answer: null,
      trouble: { phase: 'credentials', code: 'HANG_UP' },
    });
    const nobody = new URL('http://127.0.0.1:1/');
    expect(await wallet(settings(SIMULATE, nobody)).obtain(alice)).toMatchObject({
      ok: false,
      trouble: { phase: 'tcp', code: 'ECONNREFUSED' },
    });
    const mute = await service(() => 'silence');
    const budgets = { ...BUDGETS.local, credentials: { targetMs: 100, maxMs: 150 } };
    const late = await wallet(settings(SIMULATE, mute.url, { budgets, graceMs: 50 })).obtain(alice);
    expect(late).toMatchObject({
      ok: false,
      trouble: { code: 'DEADLINE', message: expect.stringContaining('within 200 ms') },
    });
  });

  it("goes through the proxy of the auth service's URL", async () => {
    const asked: string[] = [];
    const proxyFor = (url: URL): URL => {
      asked.push(url.pathname);
      return new URL('http://127.0.0.1:1');
    };
    const result = await wallet(settings(SIMULATE, new URL('http://auth.example/'), { proxyFor })).obtain(alice);
    expect(asked).toEqual(['/auth/e2e/test-auth']);
    expect(result).toMatchObject({ ok: false, trouble: { phase: 'proxy', code: 'ECONNREFUSED' } });
  });
});

describe('a wallet', () => {
  it('asks once for askers at the same time, and once per persona', async () => {
    const { url, asked } = await service(({ body }) => fresh(String(body.email)));
    const purse = wallet(settings(SIMULATE, url));
    const [one, two, other] = await Promise.all([purse.obtain(alice), purse.obtain(alice), purse.obtain(bob)]);
    expect(one).toBe(two);
    expect(asked).toHaveLength(2);
    expect([one, other].map((result) => result.ok && result.credential?.subject)).toEqual([alice.email, bob.email]);
    expect(purse.distinctUsers).toBe(true);
    expect(await purse.obtain(alice)).toMatchObject({ ok: true, tookMs: 0, facts: { cached: true } });
    expect(asked).toHaveLength(2);
  });

  it.each([
    [900, 839, 841],
    [20, 17, 19],
  ])('renews a token of %i s shortly before it expires', async (lifetimeS, keptS, renewedS) => {
    const { url, asked } = await service((_, nth) => fresh(`u-${nth}`, lifetimeS));
    const purse = wallet(settings(SIMULATE, url));
    await purse.obtain(alice);
    skippedMs = keptS * 1000;
    await purse.obtain(alice);
    expect(asked).toHaveLength(1);
    skippedMs = renewedS * 1000;
    await purse.obtain(alice);
    expect(asked).toHaveLength(2);
  });

  it('asks again after a failure', async () => {
    const { url } = await service((_, nth) => (nth === 1 ? { status: 503, body: '' } : fresh('u')));
    const purse = wallet(settings(SIMULATE, url));
    expect((await purse.obtain(alice)).ok).toBe(false);
    expect((await purse.obtain(alice)).ok).toBe(true);
  });

  it('ends at once when the run is interrupted', async () => {
    const { url } = await service(() => 'silence');
    const stop = new AbortController();
    const pending = new Wallet({
      settings: settings(SIMULATE, url),
      clock,
      traceId: TRACE,
      signal: stop.signal,
    }).obtain(alice);
    stop.abort();
    expect(await pending).toMatchObject({ ok: false, trouble: { code: 'ABORT_ERR' } });
  });

  it('has nothing in mode none', async () => {
    const purse = wallet(settings({ mode: 'none' }, new URL('http://127.0.0.1:1')));
    expect(await purse.obtain(alice)).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { mode: 'none' },
    });
    expect(purse.distinctUsers).toBe(false);
  });
});

describe('the development login', () => {
  const login = (chosen: boolean): AuthPlan => ({ mode: 'dev-login', chosen });

  it('brings a token, without the simulation key', async () => {
    const { url, asked } = await service(() => fresh('dev-user-001'));
    const result = await wallet(settings(login(false), url)).obtain(alice);
    expect(result).toMatchObject({ ok: true, credential: { subject: 'dev-user-001', source: 'dev-login' } });
    expect(asked[0]).toMatchObject({ url: '/auth/dev/login', body: { simulate_oauth: true } });
    expect(JSON.stringify(asked)).not.toContain(KEY);
  });

  it('is asked of the backend where the auth service has none', async () => {
    const { url, asked } = await service((question) =>
      question.url === '/auth/dev_login' ? fresh('u') : { status: 404, body: '' },
    );
    expect(await wallet(settings(login(true), url)).obtain(alice)).toMatchObject({
      ok: true,
      credential: { subject: 'u' },
    });
    expect(asked.map((question) => question.url)).toEqual(['/auth/dev/login', '/auth/dev_login']);
  });

  it.each<[string, Reply]>([
    ['404', { status: 404, body: '' }],
    ['405', { status: 405, body: '' }],
    ['426', { status: 426, body: '' }],
    ['403', { status: 403, body: '{"detail":"canary"}' }],
    ['502', { status: 502, body: '' }],
    ['a page', { status: 200, body: '<html>canary</html>' }],
    ['a hang-up', 'hang-up'],
  ])('is not offered when nobody chose it and the answer is %s', async (_, reply) => {
    const { url } = await service(() => reply);
    const result = await wallet(settings(login(false), url)).obtain(alice);
    const status = typeof reply === 'string' ? null : reply.status;
    expect(result).toMatchObject({
      ok: true,
      credential: null,
      trouble: null,
      facts: { devLogin: 'not offered', status },
    });
    const chosen = await wallet(settings(login(true), url)).obtain(alice);
    expect(chosen.ok).toBe(false);
  });

  it('is waited for a second at most when nobody chose it', async () => {
    const { url } = await service(() => 'silence');
    const budgets = { ...BUDGETS.local, credentials: { targetMs: 1, maxMs: 1 } };
    const result = await wallet(settings(login(false), url, { budgets })).obtain(alice);
    expect(result).toMatchObject({ ok: true, credential: null, detail: expect.stringContaining('within 1000 ms') });
  });

  it('is not asked for again once it is known to be absent, but is after any other answer', async () => {
    const absent = await service(() => ({ status: 404, body: '' }));
    const purse = wallet(settings(login(false), absent.url));
    await purse.obtain(alice);
    await purse.obtain(bob);
    expect(absent.asked).toHaveLength(2);
    const starting = await service((_, nth) => (nth === 1 ? { status: 503, body: '' } : fresh('u')));
    const later = wallet(settings(login(false), starting.url));
    expect(await later.obtain(alice)).toMatchObject({ credential: null });
    expect(await later.obtain(alice)).toMatchObject({ credential: { subject: 'u' } });
  });
});

describe('a login', () => {
  it('brings one user for everybody, and never tells the password', async () => {
    const password = new Secret('canary-password');
    const { url, asked } = await service((_, nth) =>
      nth === 1 ? { status: 401, body: '{"detail":"canary-password is wrong"}' } : fresh('me'),
    );
    const purse = wallet(settings({ mode: 'login', email: 'me@example.com', password }, url));
    const refused = await purse.obtain(alice);
    expect(refused.detail).toContain('answered 401: [secret] is wrong');
    expect(printed(refused)).not.toContain('canary');
    const results = [await purse.obtain(alice), await purse.obtain(bob)];
    expect(results.map((result) => result.ok && result.credential?.subject)).toEqual(['me', 'me']);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      url: '/auth/login',
      body: { email: 'me@example.com', password: 'canary-password' },
    });
    expect(purse.distinctUsers).toBe(false);
  });
});

describe('a minted token', () => {
  const mint = (signing: Partial<Signing> & Pick<Signing, 'algorithm' | 'key'>): Wallet =>
    wallet(
      settings(
        {
          mode: 'mint',
          signing: {
            issuer: 'netra-auth-service',
            audience: 'netra-platform',
            lifetimeS: 300,
            keyId: null,
            ...signing,
          },
        },
        new URL('http://127.0.0.1:1'),
      ),
    );
  const minted = async (purse: Wallet): Promise<string> => {
    const result = await purse.obtain(alice);
    return result.ok ? (result.credential?.token.reveal() ?? '') : '';
  };

  it('carries every claim that known verifiers ask for', async () => {
    const secret = 'canary-secret-of-more-than-32-characters';
    const purse = mint({ algorithm: 'HS256', key: new Secret(secret) });
    const verified = await jwtVerify(await minted(purse), Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'netra-auth-service',
      audience: 'netra-platform',
    });
    const { payload } = verified;
    expect(payload).toMatchObject({
      sub: 'agent-events-alice-r1',
      user_id: payload.sub,
      email: alice.email,
      permissions: ['read', 'write'],
      type: 'access',
      token_type: 'access',
      env: 'staging',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(verified.protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(printed(await purse.obtain(bob))).not.toContain('canary');
    expect(purse.distinctUsers).toBe(true);
  });

  const keys: readonly [Signing['algorithm'], { privateKey: KeyObject; publicKey: KeyObject }][] = [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ];

  it.each(keys)('is signed with a private key as PEM and as JWK: %s', async (algorithm, { privateKey, publicKey }) => {
    const written = [
      String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
    ];
    for (const text of written) {
      const made = await minted(mint({ algorithm, key: new Secret(text), keyId: 'k-1' }));
      const { protectedHeader } = await jwtVerify(made, publicKey, { algorithms: [algorithm] });
      expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k-1' });
    }
  });

  it('is not made by a key that cannot sign, and the key is not told', async () => {
    const result = await mint({ algorithm: 'RS256', key: new Secret('canary') }).obtain(alice);
    expect(result).toMatchObject({ ok: false, answer: null, detail: 'no RS256 signature from this key' });
    expect(printed(result)).not.toContain('canary');
  });
});

describe('a given token', () => {
  const given = async (text: string): Promise<CredentialResult> =>
    await wallet(settings({ mode: 'token', token: new Secret(text) }, new URL('http://127.0.0.1:1'))).obtain(alice);

  it('is used as it is, expired or not', async () => {
    expect(await given(jwt({ sub: 'u-9', exp: now() + 60 }))).toMatchObject({
      ok: true,
      credential: { subject: 'u-9', source: 'token' },
      facts: { expired: false },
    });
    expect(await given(jwt({ sub: 'u-9', exp: now() - 60 }))).toMatchObject({
      ok: true,
      facts: { expired: true },
      detail: expect.stringContaining('expired 6'),
    });
    expect(await given(jwt({ sub: 'u-9' }))).toMatchObject({
      ok: true,
      credential: { expiresAtMs: null },
      detail: 'a token for u-9 that never expires',
    });
  });

  it.each([
    'canary',
    'a.b',
    'a.b.c',
    `${part({ alg: 'x' })}.${part([])}.c`,
    `${part({})}.${part({ sub: 'u' })}.c`,
    jwt({ sub: '' }),
  ])('is none when it cannot be read', async (text) => {
    const result = await given(text);
    expect(result).toMatchObject({ ok: false, facts: { tokenUnreadable: true } });
    expect(printed(result)).not.toContain('canary');
  });
});
