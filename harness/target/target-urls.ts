import type { EmbeddedTarget } from './auth-plan.ts';
import { presetNamed } from './environments.ts';
import type { AllGiven } from './given.ts';
import type { Problem } from './settings.ts';
import type { SettingsRead } from './settings-schema.ts';
import { httpBase, lacksPath } from './target-url.ts';

/** The three URLs that a target is reached by. */
export type TargetUrls = { readonly ws: URL; readonly http: URL; readonly auth: URL };

/** What the URLs are found from. */
export type UrlQuestion = {
  readonly environment: string;
  readonly given: AllGiven;
  readonly read: SettingsRead;
  readonly embedded: EmbeddedTarget | null;
  readonly socketPath: string;
};

/** Stands in where there is no usable URL, so that the other settings can still be looked at. */
const NOWHERE = new URL('wss://unknown.invalid/');

/** Where the target is: as given, else the embedded target, else the preset. HTTP and auth follow a given socket's host. */
export function targetUrls(question: UrlQuestion): {
  readonly urls: TargetUrls;
  /** The socket is the embedded target's. */
  readonly embedded: boolean;
  readonly problems: readonly Problem[];
  readonly sources: { readonly [setting: string]: string };
} {
  const { environment, given, read, embedded, socketPath } = question;
  const text = given.settings.get('wsUrl')?.text ?? null;
  const preset = presetNamed(environment)?.urls ?? null;
  const isEmbedded = text === null && embedded !== null;
  const fallback = isEmbedded ? { ws: embedded.wsUrl, http: embedded.httpUrl, auth: embedded.authUrl } : preset;
  if (text === null && fallback === null) {
    const problem: Problem = {
      code: 'config-invalid',
      setting: 'AGENT_EVENTS_WS_URL',
      message: `environment ${environment} has no AGENT_EVENTS_WS_URL`,
      hint: `write it into .env.${environment}, or give --url`,
    };
    return {
      urls: { ws: NOWHERE, http: httpBase(NOWHERE), auth: httpBase(NOWHERE) },
      embedded: false,
      problems: [problem],
      sources: {},
    };
  }
  const ws = socket(read.wsUrl ?? new URL(fallback?.ws ?? NOWHERE.href), text, socketPath);
  // A given socket on the preset's own host is the preset with another path: its auth service stays where it is.
  const isPreset =
    fallback !== null && (text === null || (environment !== 'local' && new URL(fallback.ws).host === ws.host));
  const http = read.httpUrl ?? (isPreset ? new URL(fallback.http) : httpBase(ws));
  const auth = read.authUrl ?? (isPreset ? new URL(fallback.auth) : httpBase(ws));
  const origin = isEmbedded ? 'embedded target' : 'default';
  const followed = isPreset ? origin : `host of ${given.settings.get('wsUrl')?.source ?? 'default'}`;
  return {
    urls: { ws, http, auth },
    embedded: isEmbedded,
    problems: [],
    sources: { wsUrl: origin, httpUrl: followed, authUrl: followed },
  };
}

function socket(url: URL, text: string | null, socketPath: string): URL {
  if (text === null || !lacksPath(text)) return url;
  const at = new URL(url.href);
  at.pathname = socketPath;
  return at;
}
