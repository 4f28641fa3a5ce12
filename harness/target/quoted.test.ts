import { describe, expect, it } from 'vitest';
import { configure } from './config.ts';

const CANARY = 'CANARYpw99-0123456789-0123456789-xyz';

function problemsWith(
  flags: { readonly url?: string; readonly origin?: string },
  env: { readonly [name: string]: string } = {},
) {
  const configured = configure({ environment: null, flags, env, cwd: '/nowhere' });
  return configured.ok ? '' : JSON.stringify(configured.problems);
}

describe('a value that cannot be used', () => {
  it.each([
    { url: `alice:${CANARY}@host/ws` },
    { url: `host/ws?token=${CANARY}` },
    { url: `ws://alice:${CANARY}/x@host/ws` },
    { url: `wss:alice:${CANARY}@host` },
    { url: 'ws://127.0.0.1:1/ws', origin: `https://u:${CANARY}@h` },
  ])('is refused without what it hides: case %#', (flags) => {
    const text = problemsWith(flags);
    expect(text).not.toBe('');
    expect(text).not.toContain('CANARY');
  });

  it('is not quoted when it is a secret in the wrong variable', () => {
    const url = 'ws://127.0.0.1:1/ws';
    const text = problemsWith({ url }, { AGENT_EVENTS_PROFILE: CANARY, E2E_OAUTH_SIMULATION_KEY: CANARY });
    expect(text).toContain('AGENT_EVENTS_PROFILE');
    expect(text).not.toContain('CANARY');
  });

  it('is quoted when it is harmless', () => {
    expect(problemsWith({ url: 'ftp://host/ws' })).toContain('ftp://host/ws');
  });
});
