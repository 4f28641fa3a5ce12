import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigRequest, configure, type EmbeddedTarget, needsEmbedded, readEnvironment } from './config.ts';
import type { Problem, Settings } from './settings.ts';

const SECRET = 'canary-secret-that-is-long-enough-to-sign';
const KEY = 'canary-simulation-key';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'HS256' })}.${part({ sub: 'u-1' })}.canarysignature`;
const STAGING = { E2E_OAUTH_SIMULATION_KEY: KEY };
const EMBEDDED: EmbeddedTarget = {
  wsUrl: 'ws://127.0.0.1:40001/ws',
  httpUrl: 'http://127.0.0.1:40001',
  authUrl: 'http://127.0.0.1:40001',
  simulationKey: 'embedded-key',
  jwtSecret: 'embedded-secret-of-more-than-32-characters',
};

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'agent-events-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

type Asked = Partial<ConfigRequest>;
const file = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
const asked = (environment: string | null, more: Asked = {}) =>
  configure({ environment, flags: {}, env: {}, cwd, ...more });

function settings(environment: string | null, more: Asked = {}): Settings {
  const configured = asked(environment, more);
  if (!configured.ok) throw new Error(configured.problems.map(({ message }) => message).join('; '));
  return configured.settings;
}

function problems(environment: string | null, more: Asked = {}): readonly Problem[] {
  const configured = asked(environment, more);
  return configured.ok ? [] : configured.problems;
}

const messages = (environment: string | null, more: Asked = {}): readonly string[] =>
  problems(environment, more).map(({ message }) => message);

describe('where the target is', () => {
  it('is the embedded target by default, with its own keys', () => {
    const { environment, wsUrl, auth, secrets, sources } = settings(null, { embedded: EMBEDDED, env: STAGING });
    expect([environment, wsUrl.href]).toEqual(['local', EMBEDDED.wsUrl]);
    expect(auth.mode === 'simulate' && auth.key.reveal()).toBe('embedded-key');
    expect(sources).toMatchObject({ environment: 'default', wsUrl: 'embedded target', secret: 'embedded target' });
    expect(secrets.map((secret) => secret.reveal())).toEqual(
      expect.arrayContaining([KEY, 'embedded-key', EMBEDDED.jwtSecret]),
    );
  });

  it('needs an embedded target only when no URL was given anywhere', () => {
    const needs = (environment: string | null, more: Asked = {}) =>
      needsEmbedded({ environment, flags: {}, env: {}, cwd, ...more });
    expect(needs(null)).toBe(true);
    expect(needs('local')).toBe(true);
    expect(needs('staging')).toBe(false);
    expect(needs(null, { flags: { url: 'ws://localhost:1' } })).toBe(false);
    expect(needs(null, { env: { AGENT_EVENTS_WS_URL: 'ws://localhost:1' } })).toBe(false);
    file('.env', 'AGENT_EVENTS_WS_URL=ws://localhost:1\n');
    expect(needs(null)).toBe(false);
  });

  it('is the preset of a well-known environment', () => {
    const { wsUrl, httpUrl, authUrl, dialTries, budgets, graceMs } = settings('staging', { env: STAGING });
    expect([wsUrl.host, httpUrl.host, authUrl.host]).toEqual([
      'api.staging.netrasystems.ai',
      'api.staging.netrasystems.ai',
      'auth.staging.netrasystems.ai',
    ]);
    expect([dialTries, budgets.connect.maxMs, graceMs]).toEqual([5, 15_000, 30_000]);
  });

  it('follows the host of a given socket', () => {
    const { httpUrl, authUrl, sources } = settings(null, { flags: { url: 'ws://127.0.0.1:9000/ws' } });
    expect([httpUrl.href, authUrl.href]).toEqual(['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/']);
    expect(sources).toMatchObject({ wsUrl: '--url', httpUrl: 'host of --url' });
    const remote = settings(null, { flags: { url: 'wss://chat.example.com:8443/x' }, env: STAGING });
    expect([remote.environment, remote.httpUrl.href]).toEqual(['remote', 'https://chat.example.com:8443/']);
    const other = settings(null, {
      flags: { url: 'ws://localhost:1/ws', http: 'http://localhost:2', auth: 'http://localhost:3/base' },
    });
    expect([other.httpUrl.port, other.authUrl.href]).toEqual(['2', 'http://localhost:3/base']);
  });

  it('keeps the auth service of a preset whose socket only changes its path', () => {
    const { wsUrl, authUrl } = settings('staging', {
      env: STAGING,
      flags: { url: 'wss://api.staging.netrasystems.ai/websocket' },
    });
    expect([wsUrl.pathname, authUrl.host]).toEqual(['/websocket', 'auth.staging.netrasystems.ai']);
  });

  it("gets the protocol's path only where none was written", () => {
    const path = (url: string): string => settings(null, { flags: { url } }).wsUrl.pathname;
    expect(path('ws://127.0.0.1:9')).toBe('/ws');
    expect(path('ws://127.0.0.1:9?mode=main')).toBe('/ws');
    expect(path('ws://127.0.0.1:9/')).toBe('/');
    expect(path('http://127.0.0.1:9/chat')).toBe('/chat');
  });

  it('names the environment by the host when nobody named it', () => {
    const name = (url: string, more: Asked = {}) =>
      settings(null, { flags: { url, allowProduction: true }, ...more }).environment;
    expect(name('ws://localhost:1')).toBe('local');
    expect(name('wss://api.staging.netrasystems.ai', { env: STAGING })).toBe('staging');
    expect(name('wss://api.netrasystems.ai', { env: { AGENT_EVENTS_TOKEN: TOKEN } })).toBe('production');
  });

  it('is a made-up environment only with a file of that name', () => {
    expect(messages('canary')).toEqual([expect.stringContaining('environment "canary" is unknown')]);
    expect(problems('stagin')[0]?.hint).toContain('did you mean staging?');
    expect(messages('../etc')).toEqual([expect.stringContaining('"../etc" is unknown')]);
    file('.env.example', 'AGENT_EVENTS_WS_URL=wss://x.example/ws\n');
    expect(messages('example')).toHaveLength(1);
    file('.env.mine', 'AGENT_EVENTS_AUTH_MODE=none\n');
    expect(messages('mine')).toEqual(['environment mine has no AGENT_EVENTS_WS_URL']);
    file('.env.mine', 'AGENT_EVENTS_WS_URL=wss://x.example/ws\nAGENT_EVENTS_AUTH_MODE=none\n');
    expect(settings('mine')).toMatchObject({ environment: 'mine', dialTries: 3, auth: { mode: 'none' } });
  });

  it('disagrees with a name that belongs elsewhere', () => {
    const url = (url: string) => ({
      flags: { url, allowProduction: true },
      env: { ...STAGING, AGENT_EVENTS_TOKEN: TOKEN },
    });
    expect(messages('staging', url('wss://api.netrasystems.ai/ws'))[0]).toContain('is a production host');
    expect(messages('production', url('wss://api.staging.netrasystems.ai/ws'))[0]).toContain('is a staging host');
    expect(messages('local', url('wss://chat.example.com/ws'))[0]).toContain('is not this machine');
  });
});

describe('precedence', () => {
  it('is flag, variable, .env.NAME.local, .env.NAME, .env.local, .env, default; each says so', () => {
    const read = (more: Asked = {}) => {
      const { origin, sources } = settings('staging', { env: STAGING, ...more });
      return [origin, sources.origin];
    };
    const line = (name: string): string => `AGENT_EVENTS_ORIGIN=https://${name}.example\n`;
    expect(read()).toEqual([null, undefined]);
    const steps = [
      ['.env', 'e'],
      ['.env.local', 'd'],
      ['.env.staging', 'c'],
      ['.env.staging.local', 'b'],
    ] as const;
    for (const [name, value] of steps) {
      file(name, line(value));
      expect(read()).toEqual([`https://${value}.example`, name]);
    }
    file('mine.env', line('f'));
    expect(read({ flags: { envFile: 'mine.env' } })).toEqual(['https://f.example', 'mine.env']);
    const env = { ...STAGING, AGENT_EVENTS_ORIGIN: 'https://a.example' };
    expect(read({ env, flags: { envFile: 'mine.env' } })).toEqual(['https://a.example', 'AGENT_EVENTS_ORIGIN']);
    expect(read({ env, flags: { origin: 'https://z.example' } })).toEqual(['https://z.example', '--origin']);
  });

  it('passes over an empty setting, but not over an empty secret', () => {
    file('.env.staging', `AGENT_EVENTS_ORIGIN=https://a.example\nE2E_OAUTH_SIMULATION_KEY=${KEY}\n`);
    expect(settings('staging', { env: { AGENT_EVENTS_ORIGIN: '' } }).origin).toBe('https://a.example');
    expect(settings('staging').sources.secret).toBe('.env.staging');
    expect(problems('staging', { env: { E2E_OAUTH_SIMULATION_KEY: '' } })).toMatchObject([
      {
        code: 'secret-missing',
        setting: 'E2E_OAUTH_SIMULATION_KEY',
        message: 'E2E_OAUTH_SIMULATION_KEY is set but empty',
      },
    ]);
  });

  it("leaves the process's environment alone", () => {
    file('.env', 'AGENT_EVENTS_ORIGIN=https://a.example\n');
    settings('staging', { env: STAGING });
    expect(readEnvironment().variables.AGENT_EVENTS_ORIGIN).toBeUndefined();
  });

  it('says when a file that was asked for is not there', () => {
    expect(problems('staging', { env: STAGING, flags: { envFile: 'gone.env' } })).toMatchObject([
      { setting: '--env-file' },
    ]);
  });
});

describe('budgets', () => {
  it('are set by leg, the flag over the variable, and pull the target down with them', () => {
    const env = { ...STAGING, AGENT_EVENTS_BUDGET_FIRST_EVENT_MS: '4000', AGENT_EVENTS_BUDGET_GAP_MS: '7' };
    const { budgets, sources } = settings('staging', {
      env,
      flags: { budget: ['gap=90', 'gap=100000', 'total=20000'] },
    });
    expect(budgets['first-event']).toEqual({ targetMs: 4000, maxMs: 4000 });
    expect(budgets.gap).toEqual({ targetMs: 15_000, maxMs: 100_000 });
    expect(sources).toMatchObject({
      'budgets.first-event': 'AGENT_EVENTS_BUDGET_FIRST_EVENT_MS',
      'budgets.gap': '--budget',
    });
    expect(settings('staging', { env, flags: { budget: ['total=20000'] } }).graceMs).toBe(20_000);
    expect(settings('staging', { env, flags: { grace: 5 } }).graceMs).toBe(5);
  });

  it('are the cold ones while a target is waited for', () => {
    expect(settings('staging', { env: STAGING, flags: { waitForReady: true } }).budgets.connect.maxMs).toBe(30_000);
    expect(settings('staging', { env: STAGING, flags: { waitForReady: false } }).budgets.connect.maxMs).toBe(15_000);
  });
});

describe('the way to a token', () => {
  const mode = (environment: string | null, more: Asked = {}) => settings(environment, more).auth;
  const onLoopback = { flags: { url: 'ws://127.0.0.1:9000/ws' } };

  it('has a default by environment', () => {
    expect(mode('staging', { env: STAGING }).mode).toBe('simulate');
    expect(mode('production', { env: { AGENT_EVENTS_TOKEN: TOKEN }, flags: { allowProduction: true } }).mode).toBe(
      'token',
    );
    expect(mode(null, onLoopback)).toEqual({ mode: 'dev-login', chosen: false });
    expect(mode(null, { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'dev-login' } })).toEqual({
      mode: 'dev-login',
      chosen: true,
    });
    expect(mode(null, { ...onLoopback, env: { JWT_SECRET_KEY: SECRET } })).toMatchObject({
      mode: 'mint',
      signing: {
        algorithm: 'HS256',
        issuer: 'netra-auth-service',
        audience: 'netra-platform',
        lifetimeS: 300,
        keyId: null,
      },
    });
    expect(mode(null, { ...onLoopback, env: { JWT_SECRET_LOCAL: SECRET } }).mode).toBe('mint');
    const remote = { flags: { url: 'wss://chat.example.com' } };
    expect(mode(null, { ...remote, env: { AGENT_EVENTS_TOKEN: TOKEN } }).mode).toBe('token');
    expect(
      mode(null, { ...remote, env: { AGENT_EVENTS_EMAIL: 'a@b.c', AGENT_EVENTS_PASSWORD: 'pass-word' } }).mode,
    ).toBe('login');
    expect(mode(null, { ...remote, env: { JWT_SECRET_REMOTE: SECRET } }).mode).toBe('mint');
    expect(problems(null, remote)).toMatchObject([{ code: 'secret-missing', setting: 'E2E_OAUTH_SIMULATION_KEY' }]);
  });

  it.each(['undefined', 'null', 'changeme', ' ', '<your key>', '$' + '{KEY}'])('is no key that reads %s', (value) => {
    expect(problems('staging', { env: { E2E_OAUTH_SIMULATION_KEY: value } })).toMatchObject([
      { code: 'secret-missing' },
    ]);
  });

  it('names the secret that is missing, and where it is kept', () => {
    const [problem] = problems('staging');
    expect(problem).toMatchObject({ code: 'secret-missing', message: 'E2E_OAUTH_SIMULATION_KEY is not set' });
    expect(problem?.hint).toContain('e2e-oauth-simulation-key-staging');
  });

  it('is no key that a header cannot carry', () => {
    const [problem] = problems('staging', { env: { E2E_OAUTH_SIMULATION_KEY: `${KEY}\n` } });
    expect(problem?.code).toBe('config-invalid');
    expect(problem?.message).toBe('E2E_OAUTH_SIMULATION_KEY holds character code 10, which no HTTP header can carry');
  });

  it('is no secret under 32 characters', () => {
    const mint = { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'mint', JWT_SECRET_KEY: 'canary-short' } };
    expect(messages(null, mint)).toEqual(['JWT_SECRET_KEY is 12 characters long, under the 32 that HS256 needs']);
    expect(messages(null, { ...mint, env: { AGENT_EVENTS_AUTH_MODE: 'mint', JWT_SECRET_KEY: '' } })).toEqual([
      'JWT_SECRET_KEY is set but empty',
    ]);
  });

  it('takes its algorithm from the private key', () => {
    const pem = (pair: { privateKey: { export: (of: { type: 'pkcs8'; format: 'pem' }) => string | Buffer } }): string =>
      String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...ec.privateKey.export({ format: 'jwk' }), kid: 'k-7', alg: 'ES256' };
    const signing = (key: string, more: { readonly [name: string]: string } = {}) => {
      const auth = mode(null, { ...onLoopback, env: { AGENT_EVENTS_JWT_PRIVATE_KEY: key, ...more } });
      return auth.mode === 'mint' ? [auth.signing.algorithm, auth.signing.keyId] : [];
    };
    expect(signing(pem(generateKeyPairSync('rsa', { modulusLength: 2048 })))).toEqual(['RS256', null]);
    expect(signing(pem(ec).replaceAll('\n', '\\n'))).toEqual(['ES256', null]);
    expect(signing(pem(generateKeyPairSync('ed25519')), { AGENT_EVENTS_JWT_KID: 'k-1' })).toEqual(['EdDSA', 'k-1']);
    expect(signing(JSON.stringify(jwk))).toEqual(['ES256', 'k-7']);
    const refused = (key: string) => messages(null, { ...onLoopback, env: { AGENT_EVENTS_JWT_PRIVATE_KEY: key } })[0];
    expect(refused(JSON.stringify({ ...jwk, alg: 'RS256' }))).toContain('says alg RS256');
    expect(refused(pem(generateKeyPairSync('rsa', { modulusLength: 1024 })))).toContain('rsa key of a kind');
    expect(refused(pem(generateKeyPairSync('ec', { namedCurve: 'P-384' })))).toContain('ec key of a kind');
    expect(refused('canary')).toContain('neither a PKCS#8 PEM nor a JWK');
    const { secrets } = settings(null, { ...onLoopback, env: { AGENT_EVENTS_JWT_PRIVATE_KEY: JSON.stringify(jwk) } });
    expect(secrets.map((secret) => secret.reveal())).toContain(jwk.d);
  });

  it('is a given token only if it says whose it is', () => {
    const given = (token: string) =>
      messages(null, { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'token', AGENT_EVENTS_TOKEN: token } });
    expect(given(TOKEN)).toEqual([]);
    expect(given(`Bearer ${TOKEN}`)).toEqual(['AGENT_EVENTS_TOKEN begins with the word Bearer']);
    expect(given('opaque-canary')).toEqual(['AGENT_EVENTS_TOKEN is no JWT']);
    expect(given(`${part({ alg: 'HS256' })}.${part({})}.canary`)).toEqual(['AGENT_EVENTS_TOKEN names no subject']);
  });

  it('needs both halves of a login', () => {
    const login = { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'login' } };
    expect(problems(null, login).map(({ setting }) => setting)).toEqual([
      'AGENT_EVENTS_PASSWORD',
      'AGENT_EVENTS_EMAIL',
    ]);
  });

  it('never asks production for made-up users, nor sends it headers that skip authentication', () => {
    const production = (env: { readonly [name: string]: string }) =>
      messages('production', {
        flags: { allowProduction: true },
        env: { AGENT_EVENTS_TOKEN: TOKEN, ...STAGING, ...env },
      });
    expect(production({ AGENT_EVENTS_AUTH_MODE: 'simulate' })).toEqual([
      'production is never asked for simulate tokens',
    ]);
    expect(production({ AGENT_EVENTS_AUTH_MODE: 'dev-login' })).toEqual([
      'production is never asked for dev-login tokens',
    ]);
    expect(production({ AGENT_EVENTS_TEST_HEADERS: 'on' })).toEqual(['AGENT_EVENTS_TEST_HEADERS is on in production']);
  });
});

describe('problems', () => {
  it('are reported all together, each with its setting and what to do', () => {
    file('.env', 'AGENT_EVENTS_TOKEN_CARRIER=pigeon\n');
    const found = problems('staging', {
      flags: {
        url: 'wss//x',
        http: 'ftp://x',
        auth: 'http://auth.example.com',
        origin: 'example.com/x',
        profile: 'netrs',
        budget: ['conect=5', 'gap=-1'],
        grace: 'soon',
        seed: 1.5,
      },
      env: {
        AGENT_EVENTS_AUTH_MODE: 'simulat',
        AGENT_EVENTS_BUDGET_TOTL_MS: '5',
        AGENT_EVENTS_TEST_HEADERS: 'yes',
        AGENT_EVENTS_JWT_LIFETIME_S: '0',
      },
    });
    expect(found.map(({ setting }) => setting).sort()).toEqual(
      [
        '--auth',
        '--budget',
        '--budget gap',
        '--grace',
        '--http',
        '--origin',
        '--profile',
        '--seed',
        '--url',
        'AGENT_EVENTS_AUTH_MODE',
        'AGENT_EVENTS_BUDGET_TOTL_MS',
        'AGENT_EVENTS_JWT_LIFETIME_S',
        'AGENT_EVENTS_TEST_HEADERS',
        'AGENT_EVENTS_TOKEN_CARRIER',
        'E2E_OAUTH_SIMULATION_KEY',
      ].sort(),
    );
    expect(found.every(({ hint }) => hint !== '')).toBe(true);
    expect(found.find(({ setting }) => setting === '--budget')).toMatchObject({
      message: 'leg "conect" is unknown',
      hint: expect.stringContaining('did you mean connect?'),
    });
    expect(found.find(({ setting }) => setting === 'AGENT_EVENTS_TOKEN_CARRIER')?.message).toBe(
      'AGENT_EVENTS_TOKEN_CARRIER (.env): token carrier "pigeon" is unknown',
    );
  });

  it.each([
    ['wss://user:canary@chat.example.com/ws', 'carries credentials'],
    ['wss://chat.example.com/ws#canary', 'has a fragment'],
    ['wss://chat.example.com/ws?token=canary', 'carries a secret in its query (token)'],
    ['ws://chat.example.com/ws', 'is not encrypted and not on this machine'],
    ['ws://127.0.0.1:0/ws', 'names port 0'],
    ['ws://127.0.0.1:99999/ws', 'is not a URL'],
    ['localhost:8000/ws', 'does not begin with ws:// or wss://'],
    ['ftp://127.0.0.1/ws', 'does not begin with ws:// or wss://'],
    ['', 'does not begin with'],
  ])('refuse the socket %s', (url, why) => {
    const found = messages(null, { flags: { url } });
    expect(found).toEqual([expect.stringContaining(why)]);
    expect(found[0]).not.toContain('canary');
  });

  it('keep every secret to themselves', () => {
    const env = {
      E2E_OAUTH_SIMULATION_KEY: 'canary-key\u0007',
      JWT_SECRET_KEY: 'canary-short',
      JWT_SECRET_STAGING: 'canary-other',
      AGENT_EVENTS_TOKEN: 'canary.token.here',
      AGENT_EVENTS_PASSWORD: 'canary-password',
      AGENT_EVENTS_JWT_PRIVATE_KEY: '{"kty":"RSA","d":"canary"}',
      HTTPS_PROXY: 'socks5://me:canary-proxy@proxy.example:1080',
    };
    for (const mode of ['simulate', 'mint', 'login', 'token', 'dev-login', 'none']) {
      const configured = asked('staging', {
        env: { ...env, AGENT_EVENTS_AUTH_MODE: mode },
        flags: { url: 'wss://me:canary@h.example/?token=canary#canary' },
      });
      expect(JSON.stringify(configured)).not.toContain('canary');
    }
    const { secrets } = settings('staging', {
      env: { ...env, AGENT_EVENTS_AUTH_MODE: 'none', HTTPS_PROXY: 'http://me:canary-proxy@proxy.example' },
    });
    const known = secrets.map((secret) => secret.reveal());
    for (const value of [
      'canary-short',
      'canary-other',
      'canary.token.here',
      'canary-password',
      'canary-proxy',
      'canary',
    ])
      expect(known).toContain(value);
    expect(JSON.stringify(secrets)).not.toContain('canary');
  });
});

describe('other settings', () => {
  it('are taken as given', () => {
    const env = {
      ...STAGING,
      AGENT_EVENTS_TOKEN_CARRIER: 'query',
      AGENT_EVENTS_TEST_HEADERS: 'on',
      AGENT_EVENTS_REQUEST_TYPE: 'chat',
      AGENT_EVENTS_PROMPT: 'Why?',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(
      settings('staging', {
        env,
        flags: { expectRevision: 'abc', profile: 'netra', origin: 'https://app.example.com' },
      }),
    ).toMatchObject({
      tokenCarrier: 'query',
      testHeaders: true,
      requestType: 'chat',
      prompt: 'Why?',
      tlsUnverified: true,
      expectedRevision: 'abc',
      origin: 'https://app.example.com',
    });
    expect(settings('staging', { env: STAGING })).toMatchObject({
      tokenCarrier: 'both',
      testHeaders: false,
      tlsUnverified: false,
    });
  });

  it('obey the guards of the command', () => {
    expect(problems('staging', { env: STAGING, command: 'load' })).toMatchObject([{ setting: '--allow-remote-load' }]);
    expect(problems('staging', { env: STAGING, intrusive: true })).toMatchObject([{ setting: '--allow-intrusive' }]);
    expect(problems('production', { env: { AGENT_EVENTS_TOKEN: TOKEN } })).toMatchObject([
      { setting: '--allow-production' },
    ]);
    expect(problems('staging', { env: STAGING, command: 'load', flags: { allowRemoteLoad: true } })).toEqual([]);
  });
});
