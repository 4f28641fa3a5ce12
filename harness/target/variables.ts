import { LEGS, type Leg } from '../timeline/header.ts';

/** The variable that sets a leg's max budget. */
export type BudgetVariable = `AGENT_EVENTS_BUDGET_${string}_MS`;

/** The variable of one leg's max budget: `first-event` is `AGENT_EVENTS_BUDGET_FIRST_EVENT_MS`. */
export function budgetVariable(leg: Leg): BudgetVariable {
  return `AGENT_EVENTS_BUDGET_${leg.toUpperCase().replaceAll('-', '_')}_MS`;
}

/** The variable of an environment's own HS256 secret: `JWT_SECRET_STAGING`. */
export function secretVariable(environment: string): `JWT_SECRET_${string}` {
  return `JWT_SECRET_${environment.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** Variables that hold secrets; an empty one counts as set. `JWT_SECRET_<ENV>` is the fourth. */
export const SECRET_VARIABLES = [
  'E2E_OAUTH_SIMULATION_KEY',
  'JWT_SECRET_KEY',
  'AGENT_EVENTS_JWT_PRIVATE_KEY',
  'AGENT_EVENTS_TOKEN',
  'AGENT_EVENTS_PASSWORD',
] as const;

/** Every other variable that configures a target; from the real environment or a file. */
const TARGET_VARIABLES = [
  'AGENT_EVENTS_WS_URL',
  'AGENT_EVENTS_HTTP_URL',
  'AGENT_EVENTS_AUTH_URL',
  'AGENT_EVENTS_AUTH_MODE',
  'AGENT_EVENTS_JWT_ISSUER',
  'AGENT_EVENTS_JWT_AUDIENCE',
  'AGENT_EVENTS_JWT_LIFETIME_S',
  'AGENT_EVENTS_JWT_KID',
  'AGENT_EVENTS_EMAIL',
  'AGENT_EVENTS_TOKEN_CARRIER',
  'AGENT_EVENTS_TEST_HEADERS',
  'AGENT_EVENTS_PROFILE',
  'AGENT_EVENTS_REQUEST_TYPE',
  'AGENT_EVENTS_PROMPT',
  'AGENT_EVENTS_ORIGIN',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
] as const;

/** Variables of the surroundings: read from the real environment only. */
const SURROUNDING_VARIABLES = [
  'CI',
  'NO_COLOR',
  'FORCE_COLOR',
  'GITHUB_ACTIONS',
  'GITHUB_STEP_SUMMARY',
  'NODE_TLS_REJECT_UNAUTHORIZED',
] as const;

export type Variable =
  | (typeof SECRET_VARIABLES)[number]
  | (typeof TARGET_VARIABLES)[number]
  | Lowercase<'HTTPS_PROXY' | 'HTTP_PROXY' | 'ALL_PROXY' | 'NO_PROXY'>
  | `JWT_SECRET_${string}`
  | BudgetVariable;

/** Every variable that is read, with `JWT_SECRET_STAGING` standing for `JWT_SECRET_<ENV>`: what `.env.example` documents. */
export const VARIABLES: readonly string[] = [
  ...SECRET_VARIABLES,
  secretVariable('staging'),
  ...TARGET_VARIABLES,
  ...LEGS.map(budgetVariable),
  ...SURROUNDING_VARIABLES,
];
