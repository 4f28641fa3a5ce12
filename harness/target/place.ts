import { nearest } from '../kernel/nearest.ts';
import { hostKind, PRESETS, presetNamed } from './environments.ts';
import type { Flags } from './given.ts';
import { type Layers, layersOf } from './layers.ts';
import type { Problem } from './settings.ts';
import { targetUrl } from './target-url.ts';

/** Which environment is meant, by whose word, and the layers that are read for it. */
export type Place = {
  readonly environment: string;
  readonly source: string;
  readonly layers: Layers;
  readonly problems: readonly Problem[];
};

/** The name of an environment that nobody named: a URL alone that is neither this machine nor a known one. */
export const UNNAMED = 'remote';

type Values = { readonly [name: string]: string | undefined };

/** The environment that was named, else the one that the socket's URL belongs to, else `local`. */
export function placeOf(named: string | null, flags: Flags, env: Values, cwd: string): Place {
  const envFile = flags.envFile ?? null;
  if (named !== null) return known(named, 'argument', layersOf(safe(named), env, cwd, envFile), envFile);
  const layers = layersOf('local', env, cwd, envFile);
  const said = flags.url === undefined ? layers.said('AGENT_EVENTS_WS_URL') : { value: flags.url, source: '--url' };
  if (said === null) return known('local', 'default', layers, envFile);
  const url = targetUrl(said.value.trim(), 'ws');
  const kind = url instanceof URL ? hostKind(url) : 'loopback';
  const environment = kind === 'loopback' ? 'local' : kind === 'other' ? UNNAMED : kind;
  const source = `host of ${said.source}`;
  if (environment === UNNAMED) return { environment, source, layers, problems: unreadable(layers) };
  return known(environment, source, layersOf(environment, env, cwd, envFile), envFile);
}

function known(environment: string, source: string, layers: Layers, envFile: string | null): Place {
  const problems = unreadable(layers);
  const own = [`.env.${environment}`, `.env.${environment}.local`];
  const isKnown =
    presetNamed(environment) !== null || envFile !== null || layers.files.some((file) => own.includes(file));
  if (safe(environment) === environment && isKnown) return { environment, source, layers, problems };
  const meant = nearest(environment, Object.keys(PRESETS));
  const problem: Problem = {
    code: 'config-invalid',
    setting: 'environment',
    message: `environment "${environment}" is unknown: it is neither ${Object.keys(PRESETS).join(', ')} nor has it a .env.${safe(environment)}`,
    hint: `did you mean ${meant}? else write .env.${safe(environment)} with AGENT_EVENTS_WS_URL in it`,
  };
  return { environment, source, layers, problems: [...problems, problem] };
}

/** A name that is safe in a file name; `.env.example` is documentation and no environment. */
function safe(name: string): string {
  return /^[a-z0-9][a-z0-9_-]*$/i.test(name) && name !== 'example' ? name : 'NAME';
}

function unreadable({ unreadable: file }: Layers): readonly Problem[] {
  if (file === null) return [];
  return [
    {
      code: 'config-invalid',
      setting: '--env-file',
      message: `file ${file} cannot be read`,
      hint: 'give the path of a file with NAME=value lines',
    },
  ];
}
