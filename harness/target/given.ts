import { LEGS } from '../timeline/header.ts';
import { budgetTexts } from './budget-flags.ts';
import type { Layers } from './layers.ts';
import type { Problem } from './settings.ts';
import { unknown } from './settings-schema.ts';
import { budgetVariable, VARIABLES, type Variable } from './variables.ts';

/** The command line's flags that concern the target; absent ones are absent. */
export type Flags = {
  readonly url?: string | undefined;
  readonly http?: string | undefined;
  readonly auth?: string | undefined;
  readonly origin?: string | undefined;
  readonly profile?: string | undefined;
  /** `LEG=MS`, as often as wanted. */
  readonly budget?: readonly string[] | undefined;
  readonly grace?: number | string | undefined;
  /** Seconds, or `true` for the default; `0` counts as asked for. */
  readonly waitForReady?: number | string | boolean | undefined;
  readonly expectRevision?: string | undefined;
  readonly envFile?: string | undefined;
  readonly seed?: number | string | undefined;
  readonly allowProduction?: boolean | undefined;
  readonly allowRemoteLoad?: boolean | undefined;
  readonly allowIntrusive?: boolean | undefined;
  /** Ask the agent over HTTP after a failure; `undefined`: on loopback only. */
  readonly agentOverHttp?: boolean | undefined;
  /** One user only. */
  readonly one?: boolean | undefined;
};

/** The text of one setting. `name`: the flag or variable to correct; `source`: the flag, variable or file it came from. */
export type Given = { readonly text: string; readonly name: string; readonly source: string };

/** Everything that was said about the target, by the path of its setting in the schema (`wsUrl`, `budgets.connect`). */
export type AllGiven = {
  readonly settings: ReadonlyMap<string, Given>;
  readonly problems: readonly Problem[];
};

/** Gathers what flags and layers say, the flag first; only unknown legs are problems here. */
export function allGiven(flags: Flags, layers: Layers): AllGiven {
  const settings = new Map<string, Given>();
  const take = (setting: string, flag: Given | null, variable: Variable | null): void => {
    const found = variable === null ? null : layers.said(variable);
    if (flag !== null) settings.set(setting, flag);
    else if (found !== null && variable !== null)
      settings.set(setting, { text: found.value.trim(), name: variable, source: found.source });
  };
  take('wsUrl', typed('--url', flags.url), 'AGENT_EVENTS_WS_URL');
  take('httpUrl', typed('--http', flags.http), 'AGENT_EVENTS_HTTP_URL');
  take('authUrl', typed('--auth', flags.auth), 'AGENT_EVENTS_AUTH_URL');
  take('origin', typed('--origin', flags.origin), 'AGENT_EVENTS_ORIGIN');
  take('profile', typed('--profile', flags.profile), 'AGENT_EVENTS_PROFILE');
  take('graceMs', typed('--grace', flags.grace), null);
  take('seed', typed('--seed', flags.seed), null);
  take('expectedRevision', typed('--expect-revision', flags.expectRevision), null);
  take('authMode', null, 'AGENT_EVENTS_AUTH_MODE');
  take('tokenCarrier', null, 'AGENT_EVENTS_TOKEN_CARRIER');
  take('testHeaders', null, 'AGENT_EVENTS_TEST_HEADERS');
  take('requestType', null, 'AGENT_EVENTS_REQUEST_TYPE');
  take('prompt', null, 'AGENT_EVENTS_PROMPT');
  take('issuer', null, 'AGENT_EVENTS_JWT_ISSUER');
  take('audience', null, 'AGENT_EVENTS_JWT_AUDIENCE');
  take('lifetimeS', null, 'AGENT_EVENTS_JWT_LIFETIME_S');
  take('keyId', null, 'AGENT_EVENTS_JWT_KID');
  take('email', null, 'AGENT_EVENTS_EMAIL');
  for (const leg of LEGS) take(`budgets.${leg}`, null, budgetVariable(leg));
  const budgets = budgetTexts(flags.budget ?? []);
  for (const [leg, text] of budgets.texts)
    settings.set(`budgets.${leg}`, { text, name: `--budget ${leg}`, source: '--budget' });
  return { settings, problems: [...misspelt(layers), ...budgets.problems] };
}

function typed(name: string, value: string | number | undefined): Given | null {
  return value === undefined ? null : { text: String(value), name, source: name };
}

/** A misspelt variable is a setting that somebody believes in: without a word the run would ask another target than was meant. */
function misspelt({ names }: Layers): readonly Problem[] {
  const known: readonly string[] = [...VARIABLES, ...LEGS.map(budgetVariable)];
  return names
    .filter((name) => /^AGENT_EVENTS?_/.test(name) && !known.includes(name))
    .map((name) => {
      const { refused: message, hint } = unknown('variable', name, known);
      return { code: 'config-invalid', setting: name, message, hint };
    });
}
