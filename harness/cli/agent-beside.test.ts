import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';

let refusing: Awaited<ReturnType<typeof startTarget>>;

beforeAll(async () => {
  refusing = await startTarget({ faults: ['503-on-upgrade'] });
});

afterAll(async () => {
  await refusing.stop();
  await closeKept();
});

const PROOF = 'the agent answers over HTTP: the application works, the socket does not';

describe('a refused socket beside an agent that works', () => {
  it('is blocked, with the proof of the application in its verdict and in its progress', async () => {
    const ended = await command(['smoke', '--url', refusing.wsUrl, '--json', '--out', '-']);
    const { cause, domain, summary } = documentOf(ended);
    expect([ended.code, domain, cause]).toEqual([2, 'infrastructure', 'service-unavailable']);
    expect(summary).toContain(PROOF);
    for (const probe of ['own-resources', 'backend-health', 'agent-over-http', 'own-clock'])
      expect(ended.stderr).toMatch(new RegExp(`^ {2}${probe} +ok`, 'm'));
  });

  it('goes without it where nobody wants the agent asked', async () => {
    const ended = await command(['smoke', '--url', refusing.wsUrl, '--json', '--out', '-', '--no-agent-over-http']);
    expect(documentOf(ended).summary).not.toContain('HTTP:');
    expect(ended.stderr).not.toContain('agent-over-http');
  });
});

describe('an agent that takes for ever', () => {
  const hanging = async () =>
    kept(
      await wholeTarget({
        onHttp: (request, response) => request.method === 'GET' && sayJson(response, 200, { status: 'ok' }),
        onUpgrade: (_request, socket) => {
          socket.end(answer('404 Not Found'));
          return true;
        },
      }),
    );
  const AUTH = { AGENT_EVENTS_AUTH_MODE: 'none' };

  it('is let go of at the time that the command has', async () => {
    const { url } = await hanging();
    const ended = await command(['smoke', '--url', url, '--json', '--out', '-', '--timeout', '1500'], { env: AUTH });
    expect(documentOf(ended)).toMatchObject({ cause: 'upgrade-not-found', exitCode: 2 });
    expect(ended.tookMs).toBeLessThan(6000);
  });

  it('is let go of at Ctrl-C', async () => {
    const { url } = await hanging();
    const ended = await command(['smoke', '--url', url, '--json', '--out', '-'], {
      env: AUTH,
      interruptOn: /backend-health/,
    });
    expect(ended.code).toBe(130);
    expect(ended.tookMs).toBeLessThan(6000);
  });
});
