import type { Cause } from '../causes.ts';

const SECRET_LOOKUP =
  'set E2E_OAUTH_SIMULATION_KEY to the key of this environment (`gcloud secrets versions access latest --secret=e2e-oauth-simulation-key-staging`; the auth service itself reads `e2e-bypass-key`)';

/** What is ours: the settings, the credentials, this machine, this program. */
export const HARNESS_CAUSES = {
  'config-invalid': {
    domain: 'harness',
    phase: 'configuration',
    retry: 'never',
    sentence: 'a setting cannot be used as it stands, so no question could be put to the target',
    hint: 'correct the settings listed above; `agent-events doctor --verbose` says where each value came from',
  },
  'secret-missing': {
    domain: 'harness',
    phase: 'configuration',
    retry: 'never',
    sentence: 'the secret that the chosen way of authenticating needs is absent, too short, or a placeholder',
    hint: `${SECRET_LOOKUP}, or JWT_SECRET_KEY (at least 32 characters) for mode mint`,
  },
  'harness-crashed': {
    domain: 'harness',
    phase: null,
    retry: 'never',
    sentence: 'this program met an error of its own that nobody foresaw',
    hint: 'report the stack above together with timeline.jsonl; it says nothing about the target',
  },
  'proxy-refused': {
    domain: 'harness',
    phase: 'proxy',
    retry: 'never',
    sentence: 'the egress proxy of this machine would not carry the connection',
    hint: 'check HTTPS_PROXY and its credentials, or add the host to NO_PROXY',
  },
  'revision-mismatch': {
    domain: 'harness',
    phase: 'health',
    retry: 'new-run-only',
    sentence: 'the target runs another build than the one that was to be judged, or does not say which',
    hint: 'wait for the roll-out to end and run again, or correct --expect-revision',
  },
  'simulation-key-refused': {
    domain: 'harness',
    phase: 'credentials',
    retry: 'never',
    sentence: 'the auth service does not accept our simulation key',
    hint: `${SECRET_LOOKUP}: the value in use is not the one the auth service was started with`,
  },
  'simulation-rejected': {
    domain: 'harness',
    phase: 'credentials',
    retry: 'never',
    sentence:
      'the auth service does not take the exchange as we make it, or answers it without a token that can be read',
    hint: 'check the auth URL and its path (`agent-events doctor --verbose`), and that the deployed auth service has this way to sign in',
  },
  'simulation-forbidden': {
    domain: 'harness',
    phase: 'credentials',
    retry: 'never',
    sentence: 'the auth service forbids simulated sign-in, as production does',
    hint: 'check that the auth URL is not production; where it is, use AGENT_EVENTS_AUTH_MODE=token with a real token',
  },
  'credentials-refused': {
    domain: 'harness',
    phase: 'upgrade',
    retry: 'never',
    sentence: 'the target refuses the token that the connection travelled with',
    hint: 'check that secret, issuer, audience and expiry are what this environment validates',
  },
  'clock-skew': {
    domain: 'harness',
    phase: 'upgrade',
    retry: 'never',
    sentence: 'the clocks of this machine and of the target differ so much that our token is not valid there',
    hint: 'set the clock of this machine (NTP) and run again',
  },
  'client-exhausted': {
    domain: 'harness',
    phase: 'tcp',
    retry: 'never',
    sentence: 'this machine has no file descriptor or local port left for another connection',
    hint: 'raise `ulimit -n`, lower the number of users, or wait until closed ports are free again',
  },
  'client-offline': {
    domain: 'harness',
    phase: 'tcp',
    retry: 'before-send',
    sentence: 'this machine has no way out: no route, a firewall of its own, or no working name resolution',
    hint: 'check the network, routes, VPN and firewall of this machine',
  },
  'scheme-mismatch': {
    domain: 'harness',
    phase: 'tls',
    retry: 'never',
    sentence: 'the URL says TLS where the port speaks plain HTTP, or the reverse',
    hint: 'swap ws:// and wss:// in the URL, or correct the port',
  },
  'tls-client-certificate': {
    domain: 'harness',
    phase: 'tls',
    retry: 'never',
    sentence: 'the server wants a client certificate and we have none',
    hint: 'use the public entry of the environment, or ask its owner to exempt this path from mutual TLS',
  },
  'harness-stalled': {
    domain: 'harness',
    phase: null,
    retry: 'new-run-only',
    sentence:
      'this process was late itself: the times that it measured, and whoever gave up on it meanwhile, prove nothing about the target',
    hint: 'run again on a machine with free CPU; fewer users or shards per machine help',
  },
  'nothing-judged': {
    domain: 'harness',
    phase: null,
    retry: 'new-run-only',
    sentence: 'no promise could be judged, so nothing is proven either way',
    hint: 'read which rules were inconclusive and why, then run again to the end',
  },
} as const satisfies { readonly [code: string]: Cause };
