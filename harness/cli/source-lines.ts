import { logSafe } from '../report/log-safe.ts';
import { placeOfUrl } from '../target/place-of-url.ts';
import type { Settings } from '../target/settings.ts';

/** `--verbose`: which flag, variable, file or default supplied each setting, one line each; never a secret's value. */
export function sourceLines(settings: Settings): readonly string[] {
  const values: { readonly [setting: string]: string | undefined } = {
    environment: settings.environment,
    wsUrl: placeOfUrl(settings.wsUrl),
    httpUrl: placeOfUrl(settings.httpUrl),
    authUrl: placeOfUrl(settings.authUrl),
    authMode: settings.auth.mode,
    tokenCarrier: settings.tokenCarrier,
    profile: settings.profile,
    origin: settings.origin ?? undefined,
  };
  return Object.entries({
    ...Object.fromEntries(Object.keys(values).map((name) => [name, 'default'])),
    ...settings.sources,
  })
    .filter(([name]) => !(name in values) || values[name] !== undefined)
    .map(([name, source]) => logSafe(`${name.padEnd(19)}from ${source.padEnd(28)}${values[name] ?? ''}`.trimEnd()));
}
