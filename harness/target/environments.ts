import { isLoopback } from './loopback.ts';

/** The three base URLs of a target. */
export type TargetUrls = { readonly ws: string; readonly http: string; readonly auth: string };

/** What a well-known environment brings with it. */
export type Preset = {
  readonly urls: TargetUrls;
  readonly budgets: 'local' | 'staging' | 'production';
  /** How its tokens are come by unless somebody says otherwise. */
  readonly auth: 'simulate' | 'token';
  readonly dialTries: number;
};

/** The well-known environments. `local` has these URLs only where no embedded target is started. */
export const PRESETS: { readonly [name: string]: Preset } = {
  local: {
    urls: { ws: 'ws://localhost:8000/ws', http: 'http://localhost:8000', auth: 'http://localhost:8081' },
    budgets: 'local',
    auth: 'simulate',
    dialTries: 3,
  },
  staging: {
    urls: {
      ws: 'wss://api.staging.netrasystems.ai/ws',
      http: 'https://api.staging.netrasystems.ai',
      auth: 'https://auth.staging.netrasystems.ai',
    },
    budgets: 'staging',
    auth: 'simulate',
    dialTries: 5,
  },
  production: {
    urls: {
      ws: 'wss://api.netrasystems.ai/ws',
      http: 'https://api.netrasystems.ai',
      auth: 'https://auth.netrasystems.ai',
    },
    budgets: 'production',
    auth: 'token',
    dialTries: 3,
  },
};

/** The preset of that name, or `null` for a name that somebody made up. */
export function presetNamed(name: string): Preset | null {
  return Object.hasOwn(PRESETS, name) ? (PRESETS[name] ?? null) : null;
}

/** What a host's name says of the environment behind it. */
export type HostKind = 'loopback' | 'staging' | 'production' | 'other';

const FAMILY = /(?:^|\.)netrasystems\.ai$/;
const STAGING_LABEL = /(?:^|[.-])(?:staging|stage|stg)(?:[.-]|$)/;
const PRODUCTION_LABEL = /(?:^|(?<!(?:^|[.-])(?:pre|non|not|no))[.-])(?:prod|production|prd)(?:[.-]|$)/;

/** The kind of a URL's host: a known domain without a staging label is production, and so is any host that says so itself. */
export function hostKind(url: URL): HostKind {
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (isLoopback(url)) return 'loopback';
  // Who says both is taken for the one that it could hurt to be wrong about.
  if (PRODUCTION_LABEL.test(host)) return 'production';
  if (STAGING_LABEL.test(host)) return 'staging';
  return FAMILY.test(host) ? 'production' : 'other';
}

/** Whether an environment's name alone makes it production: denied by default, whatever its hosts are called. */
export function isProductionName(name: string): boolean {
  if (/^(?:prod|production|prd|live)(?:[-_.]|$)/i.test(name)) return true;
  return /[-_.](?:prod|production|prd)(?:[-_.]|$)/i.test(name) && !/^(?:pre|non|not|no)[-_.]/i.test(name);
}

/**
 * Why an environment of that name cannot be what a target says that it is, in words; `null` when the two agree. Only
 * production matters: what is said of anything else is nobody's danger.
 */
export function disagreementWith(isProduction: boolean, name: string, stated: string): string | null {
  const said = isProductionName(stated.trim());
  if (said === isProduction) return null;
  return `the target says that it is ${JSON.stringify(stated.slice(0, 40))}, and the environment is ${name}`;
}

/** Why an environment of that name cannot be at that host, in words; `null` when the two agree. */
export function disagreement(name: string, url: URL): string | null {
  const kind = hostKind(url);
  const said = `${url.host} is ${kind === 'other' ? 'not this machine' : `a ${kind} host`}`;
  if (name === 'local') return kind === 'loopback' ? null : said;
  if (isProductionName(name)) return kind === 'staging' ? said : null;
  return kind === 'production' ? said : null;
}
