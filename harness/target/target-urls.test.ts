import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration, STAGING_KEY } from '../../fixtures/configuration.ts';
import { unsignedToken } from '../../fixtures/token-service.ts';
import { type ConfigRequest, type EmbeddedTarget, needsEmbedded } from './config.ts';

type Asked = Partial<ConfigRequest>;
const TOKEN = unsignedToken({ sub: 'u-1' });
const EMBEDDED: EmbeddedTarget = {
  wsUrl: 'ws://127.0.0.1:40001/ws',
  httpUrl: 'http://127.0.0.1:40001',
  authUrl: 'http://127.0.0.1:40001',
  simulationKey: 'embedded-key',
  jwtSecret: 'embedded-secret-of-more-than-32-characters',
};

let here: Configuration;
beforeEach(() => {
  here = new Configuration();
});
afterEach(() => here.remove());

describe('where the target is', () => {
  it('is the embedded target by default, with its own keys', () => {
    const { environment, wsUrl, auth, secrets, sources } = here.settings(null, {
      embedded: EMBEDDED,
      env: STAGING_KEY,
    });
    expect([environment, wsUrl.href]).toEqual(['local', EMBEDDED.wsUrl]);
    expect(auth.mode === 'simulate' && auth.key.reveal()).toBe('embedded-key');
    expect(sources).toMatchObject({ environment: 'default', wsUrl: 'embedded target', secret: 'embedded target' });
    expect(secrets.map((secret) => secret.reveal())).toEqual(
      expect.arrayContaining([STAGING_KEY.E2E_OAUTH_SIMULATION_KEY, 'embedded-key', EMBEDDED.jwtSecret]),
    );
  });

  it('needs an embedded target only when no URL was given anywhere', () => {
    const needs = (environment: string | null, more: Asked = {}) => needsEmbedded(here.request(environment, more));
    expect(needs(null)).toBe(true);
    expect(needs('local')).toBe(true);
    expect(needs('staging')).toBe(false);
    expect(needs(null, { flags: { url: 'ws://localhost:1' } })).toBe(false);
    expect(needs(null, { env: { AGENT_EVENTS_WS_URL: 'ws://localhost:1' } })).toBe(false);
    here.write('.env', 'AGENT_EVENTS_WS_URL=ws://localhost:1\n');
    expect(needs(null)).toBe(false);
  });

  it('is the preset of a well-known environment', () => {
    const { wsUrl, httpUrl, authUrl, dialTries, budgets, graceMs } = here.settings('staging', { env: STAGING_KEY });
    expect([wsUrl.host, httpUrl.host, authUrl.host]).toEqual([
      'api.staging.netrasystems.ai',
      'api.staging.netrasystems.ai',
      'auth.staging.netrasystems.ai',
    ]);
    expect([dialTries, budgets.connect.maxMs, graceMs]).toEqual([5, 15_000, 30_000]);
  });

  it('follows the host of a given socket', () => {
    const { httpUrl, authUrl, sources } = here.settings(null, { flags: { url: 'ws://127.0.0.1:9000/ws' } });
    expect([httpUrl.href, authUrl.href]).toEqual(['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/']);
    expect(sources).toMatchObject({ wsUrl: '--url', httpUrl: 'host of --url' });
    const remote = here.settings(null, { flags: { url: 'wss://chat.example.com:8443/x' }, env: STAGING_KEY });
    expect([remote.environment, remote.httpUrl.href]).toEqual(['remote', 'https://chat.example.com:8443/']);
    const other = here.settings(null, {
      flags: { url: 'ws://localhost:1/ws', http: 'http://localhost:2', auth: 'http://localhost:3/base' },
    });
    expect([other.httpUrl.port, other.authUrl.href]).toEqual(['2', 'http://localhost:3/base']);
  });

  it('keeps the auth service of a preset whose socket only changes its path', () => {
    const { wsUrl, authUrl } = here.settings('staging', {
      env: STAGING_KEY,
      flags: { url: 'wss://api.staging.netrasystems.ai/websocket' },
    });
    expect([wsUrl.pathname, authUrl.host]).toEqual(['/websocket', 'auth.staging.netrasystems.ai']);
  });

  it("gets the protocol's path only where none was written", () => {
    const path = (url: string): string => here.settings(null, { flags: { url } }).wsUrl.pathname;
    expect(path('ws://127.0.0.1:9')).toBe('/ws');
    expect(path('ws://127.0.0.1:9?mode=main')).toBe('/ws');
    expect(path('ws://127.0.0.1:9/')).toBe('/');
    expect(path('http://127.0.0.1:9/chat')).toBe('/chat');
  });

  it('names the environment by the host when nobody named it', () => {
    const name = (url: string, more: Asked = {}) =>
      here.settings(null, { flags: { url, allowProduction: true }, ...more }).environment;
    expect(name('ws://localhost:1')).toBe('local');
    expect(name('wss://api.staging.netrasystems.ai', { env: STAGING_KEY })).toBe('staging');
    expect(name('wss://api.netrasystems.ai', { env: { AGENT_EVENTS_TOKEN: TOKEN } })).toBe('production');
  });

  it('is a made-up environment only with a file of that name', () => {
    expect(here.messages('canary')).toEqual([expect.stringContaining('environment "canary" is unknown')]);
    expect(here.problems('stagin')[0]?.hint).toContain('did you mean staging?');
    expect(here.messages('../etc')).toEqual([expect.stringContaining('"../etc" is unknown')]);
    here.write('.env.example', 'AGENT_EVENTS_WS_URL=wss://x.example/ws\n');
    expect(here.messages('example')).toHaveLength(1);
    here.write('.env.mine', 'AGENT_EVENTS_AUTH_MODE=none\n');
    expect(here.messages('mine')).toEqual(['environment mine has no AGENT_EVENTS_WS_URL']);
    here.write('.env.mine', 'AGENT_EVENTS_WS_URL=wss://x.example/ws\nAGENT_EVENTS_AUTH_MODE=none\n');
    expect(here.settings('mine')).toMatchObject({ environment: 'mine', dialTries: 3, auth: { mode: 'none' } });
  });

  it('disagrees with a name that belongs elsewhere', () => {
    const url = (url: string) => ({
      flags: { url, allowProduction: true },
      env: { ...STAGING_KEY, AGENT_EVENTS_TOKEN: TOKEN },
    });
    expect(here.messages('staging', url('wss://api.netrasystems.ai/ws'))[0]).toContain('is a production host');
    expect(here.messages('production', url('wss://api.staging.netrasystems.ai/ws'))[0]).toContain('is a staging host');
    expect(here.messages('local', url('wss://chat.example.com/ws'))[0]).toContain('is not this machine');
  });
});
