import { budgetVariable, SECRET_VARIABLES, secretVariable, VARIABLES } from '../../harness/target/variables.ts';
import { LEGS } from '../../harness/timeline/header.ts';
import { table } from './table.ts';

const PURPOSES: { readonly [name: string]: string } = {
  AGENT_EVENTS_WS_URL: 'where the socket is',
  AGENT_EVENTS_HTTP_URL: 'where its HTTP side is; default: the host of the socket',
  AGENT_EVENTS_AUTH_URL: 'where its auth service is; default: the host of the socket',
  AGENT_EVENTS_AUTH_MODE:
    '`simulate` (exchange the key below at the auth service), `mint` (sign here), `login`, `dev-login` (the target’s own), `token` (given), `none`',
  E2E_OAUTH_SIMULATION_KEY: 'for `simulate`: exchanged for a JWT per user',
  JWT_SECRET_KEY: 'for `mint`: the HS256 secret, at least 32 characters',
  'JWT_SECRET_<ENV>': 'for `mint`: the same for one environment, where `JWT_SECRET_KEY` is not set',
  AGENT_EVENTS_JWT_PRIVATE_KEY: 'for `mint`: a private key (PKCS#8 or JWK) for RS256, ES256 or EdDSA instead',
  AGENT_EVENTS_JWT_ISSUER: 'for `mint`: the `iss` claim',
  AGENT_EVENTS_JWT_AUDIENCE: 'for `mint`: the `aud` claim',
  AGENT_EVENTS_JWT_LIFETIME_S: 'for `mint`: how long a token lives, in seconds',
  AGENT_EVENTS_JWT_KID: 'for `mint`: the `kid` of the header',
  AGENT_EVENTS_TOKEN: 'for `token`: the token itself',
  AGENT_EVENTS_EMAIL: 'for `login`',
  AGENT_EVENTS_PASSWORD: 'for `login`',
  AGENT_EVENTS_TOKEN_CARRIER: '`header`, `subprotocol`, `both` (default) or `query`',
  AGENT_EVENTS_TEST_HEADERS:
    '`on` sends the headers with which known targets skip authentication; the verdict then says so; default `off`',
  AGENT_EVENTS_PROFILE: 'which protocol the target speaks',
  AGENT_EVENTS_REQUEST_TYPE: 'the type of the request’s message; default: the profile’s',
  AGENT_EVENTS_PROMPT: 'what is asked; default: a documented prompt that obliges the agent to use a tool',
  AGENT_EVENTS_ORIGIN: 'the `Origin` of the handshake',
  'AGENT_EVENTS_BUDGET_<LEG>_MS': `the most that a leg may take: ${LEGS.map((leg) => `\`${leg.toUpperCase().replaceAll('-', '_')}\``).join(', ')}`,
  HTTPS_PROXY: 'the proxy for `wss` and `https`',
  HTTP_PROXY: 'the proxy for `ws` and `http`',
  ALL_PROXY: 'the proxy for everything else',
  NO_PROXY: 'hosts that are reached directly',
  CI: 'no colour, no cursor',
  NO_COLOR: 'no colour',
  FORCE_COLOR: 'colour in a pipe, too',
  GITHUB_ACTIONS: 'annotations are printed',
  GITHUB_STEP_SUMMARY: 'the summary is appended there',
  NODE_TLS_REJECT_UNAUTHORIZED: 'where it is 0, no run passes',
};

/** Every variable that is read and what it is for. Throws where the code reads one that has no purpose here, or the reverse. */
export function variables(): string {
  const names = [...new Set(VARIABLES.map(shown))];
  const strange = [
    ...names.filter((name) => PURPOSES[name] === undefined),
    ...Object.keys(PURPOSES).filter((name) => !names.includes(name)),
  ];
  if (strange.length > 0) throw new Error(`the code and the catalogue disagree about ${strange.join(', ')}`);
  const rows = names.map((name) => [`\`${name}\``, PURPOSES[name] ?? '', isSecret(name) ? 'secret' : '']);
  return table(['variable', 'for', ''], rows);
}

function shown(name: string): string {
  if (name === secretVariable('staging')) return 'JWT_SECRET_<ENV>';
  return LEGS.map(budgetVariable).some((variable) => variable === name) ? 'AGENT_EVENTS_BUDGET_<LEG>_MS' : name;
}

function isSecret(name: string): boolean {
  return name === 'JWT_SECRET_<ENV>' || SECRET_VARIABLES.some((secret) => secret === name);
}
