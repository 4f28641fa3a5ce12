import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../fixtures/configuration.ts';

let here: Configuration;
beforeEach(() => {
  here = new Configuration();
});
afterEach(() => here.remove());

describe('problems', () => {
  it('are reported all together, each with its setting and what to do', () => {
    here.write('.env', 'AGENT_EVENTS_TOKEN_CARRIER=pigeon\n');
    const found = here.problems('staging', {
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
    const found = here.messages(null, { flags: { url } });
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
      const configured = here.configured('staging', {
        env: { ...env, AGENT_EVENTS_AUTH_MODE: mode },
        flags: { url: 'wss://me:canary@h.example/?token=canary#canary' },
      });
      expect(JSON.stringify(configured)).not.toContain('canary');
    }
    const { secrets } = here.settings('staging', {
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
