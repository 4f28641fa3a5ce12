import { isLoopback } from './loopback.ts';
import { quoted } from './quoted.ts';
import { shown } from './trouble.ts';

/** Why a value cannot be used, and what to do; never holds what a URL may hide. */
export type Refused = { readonly refused: string; readonly hint: string };

const SCHEMES = {
  ws: { plain: 'ws:', secure: 'wss:', words: 'ws:// or wss://' },
  http: { plain: 'http:', secure: 'https:', words: 'http:// or https://' },
} as const;
const TWIN: { readonly [scheme: string]: string } = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'http:',
  'wss:': 'https:',
};
const TOKEN_PARAMETERS = /^(?:token|jwt|auth_token|access_token|ticket|auth_ticket|ticket_id|key|api_key|password)$/i;

/** A URL of the target, or why it is none. The other family's scheme is translated: `https:` is `wss:` to a socket. */
export function targetUrl(text: string, family: 'ws' | 'http'): URL | Refused {
  const { plain, secure, words } = SCHEMES[family];
  const example = `write it like ${secure}//host${family === 'ws' ? '/ws' : ''}`;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return { refused: `${quoted(text)} does not begin with ${words}`, hint: example };
  if (!URL.canParse(text)) return { refused: `${quoted(text)} is not a URL`, hint: example };
  const given = new URL(text);
  const scheme = given.protocol === plain || given.protocol === secure ? given.protocol : TWIN[given.protocol];
  if (scheme === undefined) return { refused: `${quoted(text)} does not begin with ${words}`, hint: example };
  const url = new URL(`${scheme}${given.href.slice(given.protocol.length)}`);
  return refusalOf(url, family, secure) ?? url;
}

/** Whether a URL was written without any path: `ws://host` has none, `ws://host/` has one. */
export function lacksPath(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?:$|[?#])/i.test(text);
}

/** The HTTP base of a socket's host: its scheme translated, no path. */
export function httpBase(ws: URL): URL {
  return new URL(`${ws.protocol === 'wss:' ? 'https:' : 'http:'}//${ws.host}/`);
}

function refusalOf(url: URL, family: 'ws' | 'http', secure: string): Refused | null {
  const at = shown(url.href);
  if (url.username !== '' || url.password !== '')
    return { refused: `${at} carries credentials`, hint: 'take them out of the URL; tokens have their own settings' };
  if (url.hash !== '') return { refused: `${at} has a fragment`, hint: 'take the # and all behind it away' };
  if (family === 'http' && url.search !== '')
    return { refused: `${at} has a query`, hint: 'a base URL ends with its path' };
  for (const name of url.searchParams.keys())
    if (TOKEN_PARAMETERS.test(name))
      return {
        refused: `${at} carries a secret in its query (${name})`,
        hint: 'take it out; AGENT_EVENTS_TOKEN_CARRIER=query sends the token that way if it must',
      };
  if (url.port === '0') return { refused: `${at} names port 0`, hint: 'name the port that the target listens on' };
  if (url.protocol !== secure && !isLoopback(url))
    return { refused: `${at} is not encrypted and not on this machine`, hint: `use ${secure}//` };
  return null;
}
