import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration, STAGING_KEY } from '../../fixtures/configuration.ts';
import { unsignedToken } from '../../fixtures/token-service.ts';
import { type ConfigRequest, readEnvironment } from './config.ts';

type Asked = Partial<ConfigRequest>;
const TOKEN = unsignedToken({ sub: 'u-1' });

let here: Configuration;
beforeEach(() => {
  here = new Configuration();
});
afterEach(() => here.remove());

describe('precedence', () => {
  it('is flag, variable, .env.NAME.local, .env.NAME, .env.local, .env, default; each says so', () => {
    const read = (more: Asked = {}) => {
      const { origin, sources } = here.settings('staging', { env: STAGING_KEY, ...more });
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
      here.write(name, line(value));
      expect(read()).toEqual([`https://${value}.example`, name]);
    }
    here.write('mine.env', line('f'));
    expect(read({ flags: { envFile: 'mine.env' } })).toEqual(['https://f.example', 'mine.env']);
    const env = { ...STAGING_KEY, AGENT_EVENTS_ORIGIN: 'https://a.example' };
    expect(read({ env, flags: { envFile: 'mine.env' } })).toEqual(['https://a.example', 'AGENT_EVENTS_ORIGIN']);
    expect(read({ env, flags: { origin: 'https://z.example' } })).toEqual(['https://z.example', '--origin']);
  });

  it('passes over an empty setting, but not over an empty secret', () => {
    here.write(
      '.env.staging',
      `AGENT_EVENTS_ORIGIN=https://a.example\nE2E_OAUTH_SIMULATION_KEY=${STAGING_KEY.E2E_OAUTH_SIMULATION_KEY}\n`,
    );
    expect(here.settings('staging', { env: { AGENT_EVENTS_ORIGIN: '' } }).origin).toBe('https://a.example');
    expect(here.settings('staging').sources.secret).toBe('.env.staging');
    expect(here.problems('staging', { env: { E2E_OAUTH_SIMULATION_KEY: '' } })).toMatchObject([
      {
        code: 'secret-missing',
        setting: 'E2E_OAUTH_SIMULATION_KEY',
        message: 'E2E_OAUTH_SIMULATION_KEY is set but empty',
      },
    ]);
  });

  it("leaves the process's environment alone", () => {
    here.write('.env', 'AGENT_EVENTS_ORIGIN=https://a.example\n');
    here.settings('staging', { env: STAGING_KEY });
    expect(readEnvironment().variables.AGENT_EVENTS_ORIGIN).toBeUndefined();
  });

  it('says when a file that was asked for is not there', () => {
    expect(here.problems('staging', { env: STAGING_KEY, flags: { envFile: 'gone.env' } })).toMatchObject([
      { setting: '--env-file' },
    ]);
  });
});

describe('budgets', () => {
  it('are set by leg, the flag over the variable, and pull the target down with them', () => {
    const env = { ...STAGING_KEY, AGENT_EVENTS_BUDGET_FIRST_EVENT_MS: '4000', AGENT_EVENTS_BUDGET_GAP_MS: '7' };
    const { budgets, sources } = here.settings('staging', {
      env,
      flags: { budget: ['gap=90', 'gap=100000', 'total=20000'] },
    });
    expect(budgets['first-event']).toEqual({ targetMs: 4000, maxMs: 4000 });
    expect(budgets.gap).toEqual({ targetMs: 15_000, maxMs: 100_000 });
    expect(sources).toMatchObject({
      'budgets.first-event': 'AGENT_EVENTS_BUDGET_FIRST_EVENT_MS',
      'budgets.gap': '--budget',
    });
    expect(here.settings('staging', { env, flags: { budget: ['total=20000'] } }).graceMs).toBe(20_000);
    expect(here.settings('staging', { env, flags: { grace: 5 } }).graceMs).toBe(5);
  });

  it('are the cold ones while a target is waited for', () => {
    expect(here.settings('staging', { env: STAGING_KEY, flags: { waitForReady: true } }).budgets.connect.maxMs).toBe(
      30_000,
    );
    expect(here.settings('staging', { env: STAGING_KEY, flags: { waitForReady: false } }).budgets.connect.maxMs).toBe(
      15_000,
    );
  });
});

describe('other settings', () => {
  it('are taken as given', () => {
    const env = {
      ...STAGING_KEY,
      AGENT_EVENTS_TOKEN_CARRIER: 'query',
      AGENT_EVENTS_TEST_HEADERS: 'on',
      AGENT_EVENTS_REQUEST_TYPE: 'chat',
      AGENT_EVENTS_PROMPT: 'Why?',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(
      here.settings('staging', {
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
    expect(here.settings('staging', { env: STAGING_KEY })).toMatchObject({
      tokenCarrier: 'both',
      testHeaders: false,
      tlsUnverified: false,
    });
  });

  it('have the agent asked over HTTP on loopback, elsewhere where somebody says so, and in production never', () => {
    const asks = (name: string, flags: Asked['flags'] = {}, env: Asked['env'] = STAGING_KEY) =>
      here.settings(name, { env, flags }).agentOverHttp;
    const url = 'ws://127.0.0.1:9/ws';
    expect(asks('local', { url })).toBe(true);
    expect(asks('local', { url, agentOverHttp: false })).toBe(false);
    expect(asks('staging')).toBe(false);
    expect(asks('staging', { agentOverHttp: true })).toBe(true);
    expect(asks('staging', { url, http: 'https://api.staging.example.com' })).toBe(false);
    const token = { AGENT_EVENTS_TOKEN: TOKEN };
    expect(asks('production', { allowProduction: true }, token)).toBe(false);
    expect(asks('production', { allowProduction: true, url }, token)).toBe(false);
    const insisted = { env: token, flags: { allowProduction: true, agentOverHttp: true } };
    expect(here.problems('production', insisted)).toMatchObject([{ setting: '--agent-over-http' }]);
  });

  it('obey the guards of the command', () => {
    expect(here.problems('staging', { env: STAGING_KEY, command: 'load' })).toMatchObject([
      { setting: '--allow-remote-load' },
    ]);
    expect(here.problems('staging', { env: STAGING_KEY, intrusive: true })).toMatchObject([
      { setting: '--allow-intrusive' },
    ]);
    expect(here.problems('production', { env: { AGENT_EVENTS_TOKEN: TOKEN } })).toMatchObject([
      { setting: '--allow-production' },
    ]);
    expect(here.problems('staging', { env: STAGING_KEY, command: 'load', flags: { allowRemoteLoad: true } })).toEqual(
      [],
    );
  });
});
