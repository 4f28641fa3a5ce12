import { describe, expect, it } from 'vitest';
import { CAUSE_CODES, CAUSES } from './causes.ts';

describe('the registry of causes', () => {
  it('says whose each cause is', () => {
    expect(Object.fromEntries(CAUSE_CODES.map((code) => [code, CAUSES[code].domain]))).toMatchInlineSnapshot(`
      {
        "auth-service-unavailable": "infrastructure",
        "bad-gateway": "infrastructure",
        "client-exhausted": "harness",
        "client-offline": "harness",
        "clock-skew": "harness",
        "closed-early": "application",
        "closed-with-error": "application",
        "config-invalid": "harness",
        "connection-limit": "infrastructure",
        "connection-lost": "infrastructure",
        "connection-refused": "infrastructure",
        "connection-reset": "infrastructure",
        "connection-slow": "infrastructure",
        "connection-timeout": "infrastructure",
        "credentials-refused": "harness",
        "cross-user": "application",
        "dns-not-found": "infrastructure",
        "dns-unavailable": "infrastructure",
        "event-duplicated": "application",
        "event-late": "application",
        "event-missing": "application",
        "event-out-of-order": "application",
        "foreign-run": "application",
        "frame-invalid": "application",
        "gateway-timeout": "infrastructure",
        "half-open": "infrastructure",
        "handler-crashed": "application",
        "handshake-malformed": "infrastructure",
        "harness-crashed": "harness",
        "harness-stalled": "harness",
        "host-unreachable": "infrastructure",
        "idle-cut": "infrastructure",
        "message-invalid": "application",
        "not-ready": "infrastructure",
        "nothing-judged": "harness",
        "origin-refused": "infrastructure",
        "payload-invalid": "application",
        "process-stalled": "application",
        "proxy-refused": "harness",
        "rate-limited": "infrastructure",
        "revision-mismatch": "harness",
        "run-failed": "application",
        "run-faked": "application",
        "run-silent": "application",
        "run-stalled": "application",
        "scheme-mismatch": "harness",
        "secret-missing": "harness",
        "service-unavailable": "infrastructure",
        "simulation-forbidden": "harness",
        "simulation-key-refused": "harness",
        "simulation-not-configured": "infrastructure",
        "simulation-rejected": "harness",
        "subprotocol-mismatch": "infrastructure",
        "target-permissive": "application",
        "tls-client-certificate": "harness",
        "tls-expired": "infrastructure",
        "tls-failed": "infrastructure",
        "tls-name-mismatch": "infrastructure",
        "tls-not-yet-valid": "infrastructure",
        "tls-untrusted": "infrastructure",
        "tool-unpaired": "application",
        "upgrade-ignored": "infrastructure",
        "upgrade-not-found": "infrastructure",
        "upgrade-redirected": "infrastructure",
        "upgrade-refused": "infrastructure",
        "upgrade-server-error": "application",
        "upgrade-timeout": "infrastructure",
        "welcome-missing": "application",
      }
    `);
  });

  it('says when each cause may be tried again', () => {
    const of = (retry: string) => CAUSE_CODES.filter((code) => CAUSES[code].retry === retry).join(' ');
    expect({ 'before-send': of('before-send'), 'new-run-only': of('new-run-only') }).toMatchInlineSnapshot(`
      {
        "before-send": "client-offline auth-service-unavailable dns-unavailable connection-refused connection-timeout host-unreachable connection-reset service-unavailable bad-gateway gateway-timeout rate-limited connection-limit not-ready upgrade-timeout upgrade-server-error",
        "new-run-only": "revision-mismatch harness-stalled nothing-judged connection-slow connection-lost idle-cut half-open welcome-missing run-silent run-stalled event-missing event-out-of-order event-duplicated event-late tool-unpaired run-faked run-failed foreign-run payload-invalid closed-early closed-with-error handler-crashed process-stalled",
      }
    `);
  });

  it('explains every cause in one sentence and says what to do next', () => {
    const texts = CAUSE_CODES.flatMap((code) => [CAUSES[code].sentence, CAUSES[code].hint]);
    const poor = texts.filter((text) => text.length < 20 || /[.!]$|\bfailed to (?!boot)/i.test(text));
    expect(poor).toEqual([]);
  });

  it('never has a refused credential or a leak tried again', () => {
    for (const code of ['credentials-refused', 'simulation-key-refused', 'cross-user', 'upgrade-not-found'] as const)
      expect(CAUSES[code].retry).toBe('never');
  });
});
