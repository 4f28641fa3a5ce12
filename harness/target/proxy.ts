import type { Layers } from './layers.ts';
import { isLoopback } from './loopback.ts';
import type { Problem, ProxyFor } from './settings.ts';
import type { Variable } from './variables.ts';

/** The values of the proxy variables; empty counts as absent. */
export type ProxyValues = {
  readonly http: string | null;
  readonly https: string | null;
  readonly all: string | null;
  /** Comma or space separated hosts, `.suffixes`, `host:port`, or `*`. */
  readonly none: string | null;
};

/**
 * The proxy of a URL by curl's rules, `ws:` like `http:` and `wss:` like `https:`; this machine is never reached through
 * one. A value that is no URL counts as none: `egressOf` says so.
 */
export function proxyRules(values: ProxyValues): ProxyFor {
  const exceptions = (values.none ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return (url) => {
    if (isLoopback(url) || exceptions.some((entry) => matches(entry, url))) return null;
    const secure = url.protocol === 'wss:' || url.protocol === 'https:';
    const value = (secure ? values.https : values.http) ?? values.all;
    return value === null ? null : proxyUrl(value);
  };
}

/** How this machine reaches these URLs: the rules of the layers, and what is wrong with a proxy that one of them needs. */
export function egressOf(
  layers: Layers,
  urls: readonly URL[],
): {
  readonly proxyFor: ProxyFor;
  readonly problems: readonly Problem[];
  /** Every proxy that is set, used or not. */
  readonly proxies: readonly URL[];
  readonly sources: { readonly [setting: string]: string };
} {
  const said = (lower: Variable, upper: Variable) => layers.said(lower) ?? layers.said(upper);
  const found = {
    http: said('http_proxy', 'HTTP_PROXY'),
    https: said('https_proxy', 'HTTPS_PROXY'),
    all: said('all_proxy', 'ALL_PROXY'),
    none: said('no_proxy', 'NO_PROXY'),
  };
  const value = (which: keyof typeof found): string | null => found[which]?.value.trim() ?? null;
  const proxyFor = proxyRules({ http: value('http'), https: value('https'), all: value('all'), none: value('none') });
  const used = new Set(urls.flatMap((url) => proxyFor(url)?.href ?? []));
  const set = [found.http, found.https, found.all].filter((proxy) => proxy !== null);
  const isNeeded = !urls.every(isLoopback);
  const problems = set.flatMap(({ value: text, source }): readonly Problem[] => {
    if (!isNeeded) return [];
    const proxy = proxyUrl(text.trim());
    if (proxy === null) return [refusal(source, `proxy of ${source} is no URL`)];
    if (/^https?:$/.test(proxy.protocol) || !used.has(proxy.href)) return [];
    return [refusal(source, `proxy of ${source} has the scheme ${proxy.protocol}//`)];
  });
  const sources = Object.entries(found).flatMap(([name, proxy]) =>
    proxy === null ? [] : [[`proxy.${name}`, proxy.source] as const],
  );
  return {
    proxyFor,
    problems,
    proxies: set.flatMap(({ value: text }) => proxyUrl(text.trim()) ?? []),
    sources: Object.fromEntries(sources),
  };
}

function refusal(setting: string, message: string): Problem {
  return {
    code: 'config-invalid',
    setting,
    message,
    hint: 'use http://host:port or https://host:port, or name the target in NO_PROXY',
  };
}

/** A proxy's URL; without a scheme it is an HTTP one; `null` when it cannot be read. */
function proxyUrl(value: string): URL | null {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  return URL.canParse(text) ? new URL(text) : null;
}

function matches(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== effectivePort(url)) return false;
  const suffix = bare(name.replace(/^\*?\./, ''));
  const host = bare(url.hostname.toLowerCase());
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function effectivePort(url: URL): string {
  if (url.port !== '') return url.port;
  return url.protocol === 'wss:' || url.protocol === 'https:' ? '443' : '80';
}
