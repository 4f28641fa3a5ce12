/** Whose trouble it is. */
export type Domain = 'infrastructure' | 'application' | 'harness';

/** When it is fair to try again: never, before a request has been sent, or only as a new run. */
export type Retry = 'never' | 'before-send' | 'new-run-only';

/** One entry of the registry: what a code means, whose it is unless the evidence says otherwise, and what to do. */
export type Cause = {
  readonly domain: Domain;
  readonly retry: Retry;
  /** What the code means, as a sentence about the world. */
  readonly sentence: string;
  /** What to do next. */
  readonly hint: string;
};

/** Every cause that a diagnosis can name. */
export const CAUSES = {
  'config-invalid': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'secret-missing': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'harness-crashed': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'proxy-refused': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'revision-mismatch': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'simulation-key-refused': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'simulation-rejected': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'simulation-forbidden': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'simulation-not-configured': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'auth-service-unavailable': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'credentials-refused': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'clock-skew': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'client-exhausted': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'client-offline': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'scheme-mismatch': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'tls-client-certificate': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'harness-stalled': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'nothing-judged': { domain: 'harness', retry: 'never', sentence: '', hint: '' },
  'dns-not-found': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'dns-unavailable': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-refused': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-timeout': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'host-unreachable': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-reset': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'tls-expired': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'tls-not-yet-valid': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'tls-untrusted': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'tls-name-mismatch': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'tls-failed': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'service-unavailable': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'bad-gateway': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'gateway-timeout': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'rate-limited': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-slow': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-limit': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'origin-refused': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'not-ready': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-not-found': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-ignored': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-redirected': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-refused': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-timeout': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'handshake-malformed': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'subprotocol-mismatch': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'connection-lost': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'idle-cut': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'half-open': { domain: 'infrastructure', retry: 'never', sentence: '', hint: '' },
  'upgrade-server-error': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'welcome-missing': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'run-silent': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'run-stalled': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'event-missing': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'event-out-of-order': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'event-duplicated': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'event-late': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'tool-unpaired': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'run-faked': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'run-failed': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'foreign-run': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'cross-user': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'payload-invalid': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'message-invalid': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'frame-invalid': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'closed-early': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'closed-with-error': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'handler-crashed': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'process-stalled': { domain: 'application', retry: 'never', sentence: '', hint: '' },
  'target-permissive': { domain: 'application', retry: 'never', sentence: '', hint: '' },
} as const satisfies { readonly [code: string]: Cause };

export type CauseCode = keyof typeof CAUSES;
