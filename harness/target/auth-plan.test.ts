import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration, STAGING_KEY } from '../../fixtures/configuration.ts';
import { part, unsignedToken } from '../../fixtures/token-service.ts';
import type { ConfigRequest } from './config.ts';

type Asked = Partial<ConfigRequest>;
const SECRET = 'canary-secret-that-is-long-enough-to-sign';
const TOKEN = unsignedToken({ sub: 'u-1' });

let here: Configuration;
beforeEach(() => {
  here = new Configuration();
});
afterEach(() => here.remove());

describe('the way to a token', () => {
  const mode = (environment: string | null, more: Asked = {}) => here.settings(environment, more).auth;
  const onLoopback = { flags: { url: 'ws://127.0.0.1:9000/ws' } };

  it('has a default by environment', () => {
    expect(mode('staging', { env: STAGING_KEY }).mode).toBe('simulate');
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
    expect(here.problems(null, remote)).toMatchObject([
      { code: 'secret-missing', setting: 'E2E_OAUTH_SIMULATION_KEY' },
    ]);
  });

  it.each(['undefined', 'null', 'changeme', ' ', '<your key>', '$' + '{STAGING_KEY.E2E_OAUTH_SIMULATION_KEY}'])(
    'is no key that reads %s',
    (value) => {
      expect(here.problems('staging', { env: { E2E_OAUTH_SIMULATION_KEY: value } })).toMatchObject([
        { code: 'secret-missing' },
      ]);
    },
  );

  it('names the secret that is missing, and where it is kept', () => {
    const [problem] = here.problems('staging');
    expect(problem).toMatchObject({ code: 'secret-missing', message: 'E2E_OAUTH_SIMULATION_KEY is not set' });
    expect(problem?.hint).toContain('e2e-oauth-simulation-key-staging');
  });

  it('is no key that a header cannot carry', () => {
    const [problem] = here.problems('staging', {
      env: { E2E_OAUTH_SIMULATION_KEY: `${STAGING_KEY.E2E_OAUTH_SIMULATION_KEY}\n` },
    });
    expect(problem?.code).toBe('config-invalid');
    expect(problem?.message).toBe('E2E_OAUTH_SIMULATION_KEY holds character code 10, which no HTTP header can carry');
  });

  it('is no secret under 32 characters', () => {
    const mint = { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'mint', JWT_SECRET_KEY: 'canary-short' } };
    expect(here.messages(null, mint)).toEqual(['JWT_SECRET_KEY is 12 characters long, under the 32 that HS256 needs']);
    expect(here.messages(null, { ...mint, env: { AGENT_EVENTS_AUTH_MODE: 'mint', JWT_SECRET_KEY: '' } })).toEqual([
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
    const refused = (key: string) =>
      here.messages(null, { ...onLoopback, env: { AGENT_EVENTS_JWT_PRIVATE_KEY: key } })[0];
    expect(refused(JSON.stringify({ ...jwk, alg: 'RS256' }))).toContain('says alg RS256');
    expect(refused(pem(generateKeyPairSync('rsa', { modulusLength: 1024 })))).toContain('rsa key of a kind');
    expect(refused(pem(generateKeyPairSync('ec', { namedCurve: 'P-384' })))).toContain('ec key of a kind');
    expect(refused('canary')).toContain('neither a PKCS#8 PEM nor a JWK');
    const { secrets } = here.settings(null, {
      ...onLoopback,
      env: { AGENT_EVENTS_JWT_PRIVATE_KEY: JSON.stringify(jwk) },
    });
    expect(secrets.map((secret) => secret.reveal())).toContain(jwk.d);
  });

  it('is a given token only if it says whose it is', () => {
    const given = (token: string) =>
      here.messages(null, { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'token', AGENT_EVENTS_TOKEN: token } });
    expect(given(TOKEN)).toEqual([]);
    expect(given(`Bearer ${TOKEN}`)).toEqual(['AGENT_EVENTS_TOKEN begins with the word Bearer']);
    expect(given('opaque-canary')).toEqual(['AGENT_EVENTS_TOKEN is no JWT']);
    expect(given(`${part({ alg: 'HS256' })}.${part({})}.canary`)).toEqual(['AGENT_EVENTS_TOKEN names no subject']);
  });

  it('needs both halves of a login', () => {
    const login = { ...onLoopback, env: { AGENT_EVENTS_AUTH_MODE: 'login' } };
    expect(here.problems(null, login).map(({ setting }) => setting)).toEqual([
      'AGENT_EVENTS_PASSWORD',
      'AGENT_EVENTS_EMAIL',
    ]);
  });

  it('never asks production for made-up users, nor sends it headers that skip authentication', () => {
    const production = (env: { readonly [name: string]: string }) =>
      here.messages('production', {
        flags: { allowProduction: true },
        env: { AGENT_EVENTS_TOKEN: TOKEN, ...STAGING_KEY, ...env },
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
