import { type NonEmpty, nonEmpty } from '../kernel/list.ts';
import { mapTexts } from '../kernel/map-texts.ts';
import { profileNamed } from '../protocol/protocols.ts';
import type { Budgets } from '../timeline/header.ts';
import { authPlan, type EmbeddedTarget } from './auth-plan.ts';
import { limited } from './budget-flags.ts';
import { BUDGETS } from './budgets.ts';
import { presetNamed } from './environments.ts';
import { type AllGiven, allGiven, type Flags } from './given.ts';
import { isProduction, refusals } from './guards.ts';
import { heldKey } from './held-key.ts';
import { knownSecrets } from './known-secrets.ts';
import { isLoopback } from './loopback.ts';
import { placeOf } from './place.ts';
import { egressOf } from './proxy.ts';
import { redactor } from './redact.ts';
import type { Problem, Settings } from './settings.ts';
import type { SettingsRead } from './settings-schema.ts';
import { soundSettings } from './sound-settings.ts';
import { type TargetUrls, targetUrls } from './target-urls.ts';

export type { EmbeddedTarget } from './auth-plan.ts';
export type { Flags } from './given.ts';

/** All that a configuration is made of; nothing else is looked at. */
export type ConfigRequest = {
  /** As named on the command line; `null`: the one that the URL belongs to, else `local`. */
  readonly environment: string | null;
  readonly flags: Flags;
  readonly env: { readonly [name: string]: string | undefined };
  /** Where the `.env` files are. */
  readonly cwd: string;
  /** The embedded target that was started for this run; `null`: none. */
  readonly embedded?: EmbeddedTarget | null;
  /** What is about to be done: the guards depend on it. */
  readonly command?: string | null;
  readonly intrusive?: boolean;
};

export type Configured =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: NonEmpty<Problem> };

/** Whether the command must start an embedded target first: local, and no URL given anywhere. */
export function needsEmbedded(request: ConfigRequest): boolean {
  const { environment, layers } = placeOf(request.environment, request.flags, request.env, request.cwd);
  return environment === 'local' && request.flags.url === undefined && layers.said('AGENT_EVENTS_WS_URL') === null;
}

/** The settings of a run, or every problem with them at once. Reads `.env` files; changes nothing. */
export function configure(request: ConfigRequest): Configured {
  const { flags, env, embedded = null } = request;
  const { environment, source, layers, problems } = placeOf(request.environment, flags, env, request.cwd);
  const given = allGiven(flags, layers);
  const { read, problems: unsound } = soundSettings(given);
  // Of an environment that is not known nothing more can be said.
  const unplaced = nonEmpty([...problems, ...given.problems, ...unsound]);
  // A secret in the wrong variable, or in a URL, is quoted by nobody.
  const refused = (found: NonEmpty<Problem>): Configured => {
    const { redact } = redactor(knownSecrets(layers, embedded, []));
    return { ok: false, problems: mapTexts(found, redact) };
  };
  if (unplaced !== null && problems.length > 0) return refused(unplaced);
  const profile = profileNamed(read.profile ?? 'netra');
  const found = targetUrls({ environment, given, read, embedded, socketPath: profile?.socketPath ?? '/ws' });
  const { ws, http, auth } = found.urls;
  const every = [ws, http, auth];
  const egress = egressOf(layers, every);
  const question = {
    chosen: read.authMode ?? null,
    environment,
    wsUrl: ws,
    authUrl: auth,
    embedded: found.embedded ? embedded : null,
    layers,
    read,
  };
  const plan = authPlan(question);
  const intent = {
    command: request.command ?? null,
    environment,
    urls: every,
    intrusive: request.intrusive,
    ...allowances(flags),
  };
  const guarded = found.problems.length > 0 ? [] : refusals(intent);
  const wrong = nonEmpty([
    ...given.problems,
    ...unsound,
    ...found.problems,
    ...guarded,
    ...egress.problems,
    ...plan.problems,
    ...testHeadersInProduction(read, environment, found.urls),
    ...agentInProduction(flags, environment, every),
  ]);
  if (wrong !== null || plan.plan === null) return refused(wrong ?? NEVER);
  const budgets = budgetsOf(environment, ws, read, flags);
  const sources = { environment: source, ...found.sources, ...sourcesOf(given), ...egress.sources };
  return {
    ok: true,
    settings: {
      environment,
      wsUrl: ws,
      httpUrl: http,
      authUrl: auth,
      origin: read.origin ?? null,
      profile: profile?.name ?? 'netra',
      auth: plan.plan,
      heldKey: heldKey(question),
      tokenCarrier: read.tokenCarrier ?? 'both',
      testHeaders: read.testHeaders === 'on',
      tlsUnverified: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
      proxyFor: egress.proxyFor,
      budgets,
      graceMs: read.graceMs ?? Math.min(30_000, budgets.total.maxMs),
      requestType: read.requestType ?? null,
      prompt: read.prompt ?? null,
      expectedRevision: read.expectedRevision ?? null,
      agentOverHttp: !isProduction(environment, every) && (flags.agentOverHttp ?? [ws, http].every(isLoopback)),
      dialTries: presetNamed(environment)?.dialTries ?? 3,
      secrets: knownSecrets(layers, embedded, egress.proxies),
      sources: plan.secretSource === null ? sources : { ...sources, secret: plan.secretSource },
    },
  };
}

/** What the process's environment says to others than `configure`; read here because this file alone reads `process.env`. */
export type Surroundings = {
  /** All of it: what `configure` takes as `env`. */
  readonly variables: { readonly [name: string]: string | undefined };
  readonly ci: boolean;
  readonly noColor: boolean;
  readonly forceColor: boolean;
  readonly githubActions: boolean;
  /** The file that a job's summary is appended to, or `null`. */
  readonly stepSummary: string | null;
  readonly wsUrl: string | null;
  /** What a target that is started by hand signs with and lets in; `null`: it makes its own. */
  readonly jwtSecret: string | null;
  readonly simulationKey: string | null;
};

/** The process's environment as it is now. */
export function readEnvironment(): Surroundings {
  const { env: variables } = process;
  const text = (name: string): string | null => (variables[name]?.trim() ? (variables[name] ?? null) : null);
  const isOn = (name: string): boolean => !['', '0', 'false'].includes(variables[name] ?? '');
  return {
    variables,
    ci: isOn('CI'),
    noColor: text('NO_COLOR') !== null,
    forceColor: isOn('FORCE_COLOR'),
    githubActions: isOn('GITHUB_ACTIONS'),
    stepSummary: text('GITHUB_STEP_SUMMARY'),
    wsUrl: text('AGENT_EVENTS_WS_URL'),
    jwtSecret: text('JWT_SECRET_KEY'),
    simulationKey: text('E2E_OAUTH_SIMULATION_KEY'),
  };
}

function allowances({ allowProduction, allowRemoteLoad, allowIntrusive }: Flags) {
  return { allowProduction, allowRemoteLoad, allowIntrusive };
}

const NEVER: NonEmpty<Problem> = [
  {
    code: 'config-invalid',
    setting: 'AGENT_EVENTS_AUTH_MODE',
    message: 'no way to a token was found',
    hint: 'choose an AGENT_EVENTS_AUTH_MODE',
  },
];

function budgetsOf(environment: string, ws: URL, read: SettingsRead, flags: Flags): Budgets {
  const isCold = flags.waitForReady !== undefined && flags.waitForReady !== false;
  const preset = presetNamed(environment)?.budgets ?? (isLoopback(ws) ? 'local' : 'staging');
  const defaults: Budgets = BUDGETS[isCold ? 'staging-cold' : preset];
  return limited(defaults, read.budgets ?? {});
}

function testHeadersInProduction(
  read: SettingsRead,
  environment: string,
  { ws, http, auth }: TargetUrls,
): readonly Problem[] {
  if (read.testHeaders !== 'on' || !isProduction(environment, [ws, http, auth])) return [];
  const setting = 'AGENT_EVENTS_TEST_HEADERS';
  return [{ code: 'config-invalid', setting, message: `${setting} is on in production`, hint: 'leave it off there' }];
}

function agentInProduction(flags: Flags, environment: string, urls: readonly URL[]): readonly Problem[] {
  if (flags.agentOverHttp !== true || !isProduction(environment, urls)) return [];
  const setting = '--agent-over-http';
  return [{ code: 'config-invalid', setting, message: `${setting} never asks production`, hint: 'leave it off there' }];
}

function sourcesOf({ settings }: AllGiven): { readonly [setting: string]: string } {
  return Object.fromEntries([...settings].map(([path, { source }]) => [path, source]));
}
