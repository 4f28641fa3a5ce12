import { describe, expect, it } from 'vitest';
import { hostKind } from './environments.ts';
import { type Intent, isProduction, onlyOneUser, refusals } from './guards.ts';

const at = (url: string, more: Partial<Intent> = {}): readonly string[] =>
  refusals({ command: 'smoke', environment: 'staging', urls: [new URL(url)], ...more }).map(({ setting }) => setting);

const LOCAL = 'ws://127.0.0.1:9/ws';
const STAGING = 'wss://api.staging.netrasystems.ai/ws';
const PRODUCTION = 'wss://api.netrasystems.ai/ws';

describe('a host', () => {
  it.each([
    ['ws://localhost', 'loopback'],
    ['ws://[::1]:1', 'loopback'],
    ['wss://api.staging.netrasystems.ai', 'staging'],
    ['wss://api-staging.netrasystems.ai', 'staging'],
    ['wss://netrasystems.ai', 'production'],
    ['wss://app.netrasystems.ai.', 'production'],
    ['wss://chat.prod.example.com', 'production'],
    ['wss://prod-staging.example.com', 'production'],
    ['wss://chat-prd.example.com', 'production'],
    ['wss://pre-prod.example.com', 'other'],
    ['wss://chat.non-prod.example.com', 'other'],
    ['wss://notnetrasystems.ai', 'other'],
    ['wss://upstaging.example.com', 'other'],
  ])('%s is %s', (url, kind) => expect(hostKind(new URL(url))).toBe(kind));
});

describe('the guards', () => {
  it('let an agreeing name and host pass', () => {
    expect(at(STAGING)).toEqual([]);
    expect(at(LOCAL, { environment: 'local' })).toEqual([]);
    expect(at(LOCAL)).toEqual([]);
    expect(at('wss://chat.example.com/ws', { environment: 'remote' })).toEqual([]);
  });

  it.each([
    ['staging', PRODUCTION],
    ['local', STAGING],
    ['local', PRODUCTION],
    ['mine', PRODUCTION],
    ['production', STAGING],
    ['prod-eu', STAGING],
    ['eu-prod', STAGING],
    ['non-prod', PRODUCTION],
  ])('refuse %s at %s: name and host disagree', (environment, url) => {
    expect(at(url, { environment, allowProduction: true })).toContain('environment');
  });

  it('ask production only when allowed, and only with commands that do no harm', () => {
    const production = { environment: 'production' };
    expect(at(PRODUCTION, production)).toEqual(['--allow-production']);
    expect(at(PRODUCTION, { ...production, command: null })).toEqual(['--allow-production']);
    expect(at(PRODUCTION, { ...production, allowProduction: true })).toEqual([]);
    expect(at(PRODUCTION, { ...production, command: 'judge' })).toEqual([]);
    for (const command of ['suite', 'race', 'load', 'soak', 'watch'])
      expect(at(PRODUCTION, { ...production, command, allowProduction: true, allowRemoteLoad: true })).toEqual([
        'environment',
      ]);
    for (const name of ['live', 'PROD', 'eu-production', 'chat.prd', 'prod_2'])
      expect(isProduction(name, [new URL('wss://chat.example.com')])).toBe(true);
    for (const name of ['pre-prod', 'non-production', 'product', 'olive', 'reproduction'])
      expect(isProduction(name, [new URL('wss://chat.example.com')])).toBe(false);
  });

  it('send production one user unless asked', () => {
    expect(onlyOneUser('production', [new URL(PRODUCTION)], undefined)).toBe(true);
    expect(onlyOneUser('production', [new URL(PRODUCTION)], false)).toBe(false);
    expect(onlyOneUser('staging', [new URL(STAGING)], undefined)).toBe(false);
    expect(onlyOneUser('staging', [new URL(STAGING)], true)).toBe(true);
  });

  it('keep heavy commands on this machine unless allowed', () => {
    for (const command of ['load', 'soak', 'race']) {
      expect(at(STAGING, { command })).toEqual(['--allow-remote-load']);
      expect(at(STAGING, { command, allowRemoteLoad: true })).toEqual([]);
      expect(at(LOCAL, { command, environment: 'local' })).toEqual([]);
    }
  });

  it('keep intrusive scenarios on this machine unless allowed, and out of production always', () => {
    expect(at(STAGING, { intrusive: true })).toEqual(['--allow-intrusive']);
    expect(at(STAGING, { intrusive: true, allowIntrusive: true })).toEqual([]);
    expect(at(LOCAL, { environment: 'local', intrusive: true })).toEqual([]);
    const all = { environment: 'production', intrusive: true, allowIntrusive: true, allowProduction: true };
    expect(at(PRODUCTION, all)).toEqual(['environment']);
  });
});
