import { afterEach, describe, expect, it } from 'vitest';
import { climbed } from '../../../fixtures/climbs.ts';
import { closeKept, kept } from '../../../fixtures/dials.ts';
import { rawServer } from '../../../fixtures/raw-server.ts';
import { seen } from '../../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../../fixtures/whole-target.ts';

afterEach(closeKept);

describe('the health rung', () => {
  it('names what is reported as failed, and the climb goes on', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (_request, response) =>
          sayJson(response, 503, {
            status: 'unhealthy',
            core_db: 'connected',
            redis_db: 'failed',
            version: 'abcdef1234',
          }),
      }),
    );
    const { rungs, broken, rig } = await climbed(target.url, { expectedRevision: 'abcdef1' });
    expect(broken).toBe(null);
    const health = rungs.find((one) => one.rung === 'health');
    expect(health).toMatchObject({
      ok: true,
      facts: { failed: ['redis_db'], revision: 'abcdef1234', revisionMismatch: false },
    });
    expect(health?.detail).toContain('answered 503; unhealthy; failed: redis_db');
    const backend = seen(rig, 'probed').find((one) => one.probe === 'backend-health');
    expect(backend).toMatchObject({ ok: false, answer: { status: 503 } });
  });

  it.each([
    ['another revision', { status: 'ok', revision: 'fedcba9' }],
    ['no revision', { status: 'ok' }],
  ])('says when it finds %s than expected', async (_what, body) => {
    const target = kept(await wholeTarget({ onHttp: (_request, response) => sayJson(response, 200, body) }));
    const { rungs } = await climbed(target.url, { expectedRevision: 'abcdef1234' });
    expect(rungs.find((one) => one.rung === 'health')?.facts.revisionMismatch).toBe(true);
  });

  it('falls back from /health/ready to /health', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (request, response) =>
          request.url === '/health' ? sayJson(response, 200, { status: 'ok' }) : sayJson(response, 404, {}),
      }),
    );
    const { rig } = await climbed(target.url);
    const backend = seen(rig, 'probed').find((one) => one.probe === 'backend-health');
    expect(backend).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(backend?.detail).toContain('no /health/ready');
  });

  it('takes a readiness gate before the socket’s health for what it is', async () => {
    const target = kept(
      await wholeTarget({
        onHttp: (request, response) =>
          request.url === '/ws/health' && request.method === 'GET'
            ? sayJson(response, 503, { error: 'not ready' })
            : sayJson(response, 200, { status: 'ok' }),
      }),
    );
    const { rig } = await climbed(target.url);
    const socket = seen(rig, 'probed').find((one) => one.probe === 'socket-health');
    expect(socket).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(socket?.detail).toContain('GET answered 503, HEAD 200');
  });

  it('breaks where the time of the whole command is up before the socket’s port has answered', async () => {
    const cut = new AbortController();
    const silent = kept(await wholeTarget({ onHttp: () => cut.abort('timeout') }));
    const { broken, last } = await climbed(silent.url, {}, { signal: cut.signal });
    expect(broken).toBe('health');
    expect(last?.trouble).toMatchObject({ phase: 'health', code: 'DEADLINE' });
    expect(last?.trouble?.message).toMatch(
      /^the wait for an answer to GET .*was cut when the time of the command was up$/,
    );
  });

  it('goes on where nobody answers in time, or where another port is dead', async () => {
    const silent = kept(await wholeTarget({ onHttp: () => undefined }));
    expect((await climbed(silent.url)).broken).toBe(null);
    const dead = await rawServer({});
    await dead.close();
    const target = kept(await wholeTarget());
    const { broken, rungs } = await climbed(target.url, { authUrl: new URL(`http://127.0.0.1:${dead.port}`) });
    expect(broken).toBe(null);
    expect(rungs.find((one) => one.rung === 'health')?.detail).toContain('auth connect ECONNREFUSED');
  });
});
