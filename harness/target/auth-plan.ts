import type { AuthMode } from '../timeline/observation.ts';
import { isProduction } from './guards.ts';
import type { Found, Layers } from './layers.ts';
import { isLoopback } from './loopback.ts';
import { checkedSecret } from './secret-check.ts';
import type { AuthPlan, Problem, Signing } from './settings.ts';
import type { SettingsRead } from './settings-schema.ts';
import { signingKey } from './signing-key.ts';
import { readToken } from './token.ts';
import { secretVariable, type Variable } from './variables.ts';

/** What the embedded target tells of itself to whoever started it. */
export type EmbeddedTarget = {
  readonly wsUrl: string;
  readonly httpUrl: string;
  readonly authUrl: string;
  readonly simulationKey: string;
  readonly jwtSecret: string;
};

/** Where the auth service exchanges the simulation key. */
const SIMULATION_PATH = '/auth/e2e/test-auth';

/** All that decides how tokens are come by. */
export type AuthQuestion = {
  readonly chosen: AuthMode | null;
  readonly environment: string;
  readonly wsUrl: URL;
  readonly authUrl: URL;
  readonly embedded: EmbeddedTarget | null;
  readonly layers: Layers;
  readonly read: SettingsRead;
};

/** The plan, or every problem with it; `secretSource` says who supplied the secret it rests on. */
export type PlanMade = {
  readonly plan: AuthPlan | null;
  readonly problems: readonly Problem[];
  readonly secretSource: string | null;
};

/** How this run comes by its tokens: as chosen, else as the environment has it, else by what there is. */
export function authPlan(question: AuthQuestion): PlanMade {
  const { chosen, wsUrl, authUrl, environment } = question;
  const mode = chosen ?? defaultMode(question);
  if ((mode === 'simulate' || mode === 'dev-login') && isProduction(environment, [wsUrl, authUrl]))
    return refused(
      'config-invalid',
      'AGENT_EVENTS_AUTH_MODE',
      `production is never asked for ${mode} tokens`,
      'use token or login there',
    );
  switch (mode) {
    case 'simulate':
      return simulation(question);
    case 'mint':
      return minting(question);
    case 'login':
      return loggingIn(question);
    case 'token':
      return givenToken(question);
    case 'dev-login':
      return made({ mode, chosen: chosen !== null });
    case 'none':
      return made({ mode });
    default:
      return mode satisfies never;
  }
}

function defaultMode({ environment, embedded, wsUrl, layers }: AuthQuestion): AuthMode {
  const has = (name: Variable): boolean => layers.said(name) !== null;
  const canSign = has('JWT_SECRET_KEY') || has(secretVariable(environment)) || has('AGENT_EVENTS_JWT_PRIVATE_KEY');
  if (embedded !== null) return 'simulate';
  if (environment === 'staging') return 'simulate';
  if (environment === 'production') return 'token';
  if (isLoopback(wsUrl)) return canSign ? 'mint' : 'dev-login';
  if (has('E2E_OAUTH_SIMULATION_KEY')) return 'simulate';
  if (has('AGENT_EVENTS_TOKEN')) return 'token';
  if (has('AGENT_EVENTS_PASSWORD')) return 'login';
  return canSign ? 'mint' : 'simulate';
}

function simulation({ embedded, environment, layers }: AuthQuestion): PlanMade {
  const name = 'E2E_OAUTH_SIMULATION_KEY';
  const found = embedded === null ? layers.set(name) : { value: embedded.simulationKey, source: 'embedded target' };
  const hint =
    environment === 'staging'
      ? `set ${name} to the secret e2e-oauth-simulation-key-staging (or e2e-bypass-key): gcloud secrets versions access latest --secret=e2e-oauth-simulation-key-staging`
      : `set ${name} to the key that the auth service of ${environment} holds (its secret e2e-oauth-simulation-key-${environment} or e2e-bypass-key), or choose another AGENT_EVENTS_AUTH_MODE`;
  const { secret, problem } = checkedSecret({ name, found, hint, travels: true });
  return secret === null ? failed(problem) : made({ mode: 'simulate', key: secret, path: SIMULATION_PATH }, found);
}

/** A plan that signs tokens here, with the private key, else the HS256 secret, that was given; or what is wrong with it. */
export function minting(question: AuthQuestion): PlanMade {
  const { layers, environment, embedded, read } = question;
  const claims = {
    issuer: read.issuer ?? 'netra-auth-service',
    audience: read.audience ?? 'netra-platform',
    lifetimeS: read.lifetimeS ?? 300,
  };
  const keyName = 'AGENT_EVENTS_JWT_PRIVATE_KEY';
  const keyFound = layers.said(keyName);
  if (keyFound !== null) {
    const { secret: key, problem } = checkedSecret({
      name: keyName,
      found: keyFound,
      hint: `give ${keyName} a private key`,
    });
    if (key === null) return failed(problem);
    const kind = signingKey(key);
    if ('refused' in kind)
      return refused(
        'config-invalid',
        keyName,
        `${keyName} ${kind.refused}`,
        'give a PKCS#8 PEM or a JWK: RSA of 2048 bits, P-256 or Ed25519',
      );
    const keyId = read.keyId ?? kind.keyId;
    return made({ mode: 'mint', signing: { ...claims, algorithm: kind.algorithm, key, keyId } }, keyFound);
  }
  const ownName = secretVariable(environment);
  const own = layers.said(ownName);
  const general = layers.said('JWT_SECRET_KEY');
  const name = general === null && own !== null ? ownName : 'JWT_SECRET_KEY';
  const found =
    embedded === null
      ? (general ?? own ?? layers.set('JWT_SECRET_KEY'))
      : { value: embedded.jwtSecret, source: 'embedded target' };
  const hint = `set JWT_SECRET_KEY, ${ownName} or ${keyName} to what the target verifies with, or choose another AGENT_EVENTS_AUTH_MODE`;
  const { secret: key, problem } = checkedSecret({ name, found, hint, shortest: 32 });
  if (key === null) return failed(problem);
  const signing: Signing = { ...claims, algorithm: 'HS256', key, keyId: read.keyId ?? null };
  return made({ mode: 'mint', signing }, found);
}

function loggingIn({ layers, read }: AuthQuestion): PlanMade {
  const name = 'AGENT_EVENTS_PASSWORD';
  const found = layers.set(name);
  const hint = 'set AGENT_EVENTS_EMAIL and AGENT_EVENTS_PASSWORD to a user of the target';
  const { secret: password, problem } = checkedSecret({ name, found, hint });
  const problems: Problem[] = problem === null ? [] : [problem];
  const email = read.email ?? null;
  if (email === null && layers.said('AGENT_EVENTS_EMAIL') === null)
    problems.push({
      code: 'secret-missing',
      setting: 'AGENT_EVENTS_EMAIL',
      message: 'AGENT_EVENTS_EMAIL is not set',
      hint,
    });
  if (password === null || email === null) return { plan: null, problems, secretSource: null };
  return made({ mode: 'login', email, password }, found);
}

function givenToken({ layers, environment }: AuthQuestion): PlanMade {
  const name = 'AGENT_EVENTS_TOKEN';
  const found = layers.set(name);
  const hint = `set ${name} to a token that ${environment} accepts, or choose another AGENT_EVENTS_AUTH_MODE`;
  const { secret: token, problem } = checkedSecret({ name, found, hint, travels: true });
  if (token === null) return failed(problem);
  if (/^bearer\s/i.test(token.reveal()))
    return refused('config-invalid', name, `${name} begins with the word Bearer`, 'give the token alone');
  const reading = readToken(token.reveal());
  if (reading === null)
    return refused(
      'config-invalid',
      name,
      `${name} is no JWT`,
      'give the access token: three parts with dots between them',
    );
  if (reading.subject === null)
    return refused('config-invalid', name, `${name} names no subject`, "give a user's token, one with a sub claim");
  return made({ mode: 'token', token }, found);
}

function made(plan: AuthPlan, found: Found | null = null): PlanMade {
  return { plan, problems: [], secretSource: found?.source ?? null };
}

function failed(problem: Problem): PlanMade {
  return { plan: null, problems: [problem], secretSource: null };
}

function refused(code: Problem['code'], setting: string, message: string, hint: string): PlanMade {
  return failed({ code, setting, message, hint });
}
