import { describe, expect, it } from 'vitest';
import { layersOf } from './layers.ts';
import { egressOf, proxyRules } from './proxy.ts';

const rules = (none: string | null) =>
  proxyRules({ http: 'http://plain:1', https: 'http://secure:2', all: 'http://all:3', none });
const via = (none: string | null, url: string): string | null => rules(none)(new URL(url))?.host ?? null;

describe('the proxy of a URL', () => {
  it('is the HTTP one for ws and the HTTPS one for wss', () => {
    expect(via(null, 'ws://a.example/ws')).toBe('plain:1');
    expect(via(null, 'http://a.example/')).toBe('plain:1');
    expect(via(null, 'wss://a.example/ws')).toBe('secure:2');
    expect(via(null, 'https://a.example/')).toBe('secure:2');
  });

  it('is the one for all where there is no other, and may lack a scheme', () => {
    const proxyFor = proxyRules({ http: null, https: null, all: 'proxy.example:3128', none: null });
    expect(proxyFor(new URL('wss://a.example'))?.href).toBe('http://proxy.example:3128/');
    expect(proxyRules({ http: null, https: null, all: null, none: null })(new URL('wss://a.example'))).toBeNull();
  });

  it.each(['ws://127.0.0.1:1', 'ws://localhost', 'http://[::1]:8/', 'ws://a.localhost', 'ws://127.8.9.1'])(
    'is none for this machine: %s',
    (url) => expect(via(null, url)).toBeNull(),
  );

  it.each([
    ['*', 'wss://a.example', true],
    ['example', 'wss://a.example', true],
    ['.example', 'wss://a.example', true],
    ['*.example', 'wss://a.example', true],
    ['a.example', 'wss://a.example', true],
    ['A.EXAMPLE', 'wss://a.example', true],
    ['a.example.', 'wss://a.example', true],
    ['.example', 'wss://example', true],
    ['ample', 'wss://a.example', false],
    ['b.example', 'wss://a.example', false],
    ['a.example:443', 'wss://a.example', true],
    ['a.example:8443', 'wss://a.example', false],
    ['a.example:8443', 'wss://a.example:8443', true],
    ['x,  y a.example', 'wss://a.example', true],
    ['', 'wss://a.example', false],
    ['[2001:db8::1]:443', 'wss://[2001:db8::1]', true],
    ['2001:db8::1', 'wss://[2001:db8::1]', true],
    ['10.0.0.0/8', 'wss://10.1.2.3', false],
    ['10.1.2.3', 'wss://10.1.2.3', true],
  ])('with NO_PROXY=%s is bypassed for %s: %s', (none, url, bypassed) => {
    expect(via(none, url) === null).toBe(bypassed);
  });
});

describe('the proxies of the layers', () => {
  const egress = (env: { readonly [name: string]: string }, url = 'wss://a.example/ws') =>
    egressOf(layersOf('local', env, import.meta.dirname, null), [new URL(url)]);

  it('are read in lower case first', () => {
    const { proxyFor, sources } = egress({ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' });
    expect(proxyFor(new URL('wss://a.example'))?.host).toBe('lower:1');
    expect(sources).toEqual({ 'proxy.https': 'https_proxy' });
  });

  it('are a problem when one that is needed cannot be used, and only then', () => {
    const socks = { ALL_PROXY: 'socks5://me:canary@proxy:1080' };
    const [problem] = egress(socks).problems;
    expect(problem?.message).toBe('proxy of ALL_PROXY has the scheme socks5://');
    expect(JSON.stringify(egress(socks).problems)).not.toContain('canary');
    expect(egress(socks, 'ws://localhost/ws').problems).toEqual([]);
    expect(egress({ ...socks, HTTPS_PROXY: 'http://proxy:1' }).problems).toEqual([]);
    expect(egress({ HTTPS_PROXY: 'http://pro xy:1' }).problems).toHaveLength(1);
    expect(egress({ HTTPS_PROXY: 'http://pro xy:1' }, 'ws://localhost/ws').problems).toEqual([]);
  });
});
