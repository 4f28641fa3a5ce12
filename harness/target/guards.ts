import { disagreement, hostKind, isProductionName } from './environments.ts';
import { isLoopback } from './loopback.ts';
import type { Problem } from './settings.ts';

/** What somebody is about to do, to whom, and what they have allowed. */
export type Intent = {
  /** The command, or `null` where it is not known yet. */
  readonly command: string | null;
  readonly environment: string;
  readonly urls: readonly URL[];
  /** The scenario sends refused tokens, hostile frames or storms. */
  readonly intrusive?: boolean | undefined;
  readonly allowProduction?: boolean | undefined;
  readonly allowRemoteLoad?: boolean | undefined;
  readonly allowIntrusive?: boolean | undefined;
};

const ALLOWED_IN_PRODUCTION: ReadonlySet<string> = new Set(['smoke', 'doctor', 'judge']);
const HEAVY: ReadonlySet<string> = new Set(['load', 'soak', 'race']);

/** Whether this is production: by the environment's name or by any of its hosts. */
export function isProduction(environment: string, urls: readonly URL[]): boolean {
  return isProductionName(environment) || urls.some((url) => hostKind(url) === 'production');
}

/** Whether only one user may be sent: because somebody says so, or because it is production and nobody asked for more. */
export function onlyOneUser(environment: string, urls: readonly URL[], one: boolean | undefined): boolean {
  return one ?? isProduction(environment, urls);
}

/** Everything that must not be done: none, or what and how it could be allowed. Pure. */
export function refusals(intent: Intent): readonly Problem[] {
  return [...misnamed(intent), ...inProduction(intent), ...tooHeavy(intent), ...tooIntrusive(intent)];
}

function misnamed({ environment, urls }: Intent): readonly Problem[] {
  const reasons = new Set(urls.map((url) => disagreement(environment, url)).filter((reason) => reason !== null));
  return [...reasons].map((reason) =>
    refusal(
      'environment',
      `environment ${environment} and its hosts disagree: ${reason}`,
      'name the environment that the host belongs to, or correct the URL',
    ),
  );
}

function inProduction({ command, environment, urls, allowProduction }: Intent): readonly Problem[] {
  if (!isProduction(environment, urls) || command === 'judge') return [];
  if (command !== null && !ALLOWED_IN_PRODUCTION.has(command))
    return [
      refusal(
        'environment',
        `${command} never runs against production`,
        'use smoke or doctor there, and staging for the rest',
      ),
    ];
  if (allowProduction === true) return [];
  return [
    refusal(
      '--allow-production',
      'production is asked only with --allow-production',
      'add the flag if production is what you mean',
    ),
  ];
}

function tooHeavy({ command, urls, allowRemoteLoad }: Intent): readonly Problem[] {
  if (command === null || !HEAVY.has(command) || allowRemoteLoad === true || urls.every(isLoopback)) return [];
  return [
    refusal(
      '--allow-remote-load',
      `${command} off this machine needs --allow-remote-load`,
      'add the flag if the target expects the load',
    ),
  ];
}

function tooIntrusive({ environment, urls, intrusive, allowIntrusive }: Intent): readonly Problem[] {
  if (intrusive !== true || urls.every(isLoopback)) return [];
  if (isProduction(environment, urls))
    return [
      refusal(
        'environment',
        'intrusive scenarios never run against production',
        'run them against staging or the embedded target',
      ),
    ];
  if (allowIntrusive === true) return [];
  return [
    refusal(
      '--allow-intrusive',
      'intrusive scenarios off this machine need --allow-intrusive',
      'add the flag if nobody else depends on the target now',
    ),
  ];
}

function refusal(setting: string, message: string, hint: string): Problem {
  return { code: 'config-invalid', setting, message, hint };
}
