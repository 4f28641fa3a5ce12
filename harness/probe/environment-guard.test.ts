import { afterEach, describe, expect, it } from 'vitest';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';
import { Secret } from '../kernel/secret.ts';
import { Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';
import type { Settings } from '../target/settings.ts';
import { environmentGuard } from './environment-guard.ts';
import { healthProbe } from './health-probe.ts';

afterEach(closeKept);

type Said = { readonly body?: object; readonly header?: string };

/** What comes of asking for a simulated token at a target whose health says this, and what the target was asked. */
async function obtained(said: Said, environment: string, change: Partial<Settings> = {}) {
  const target = kept(
    await wholeTarget({
      onHttp(request, response) {
        if (said.header !== undefined && !request.url?.startsWith('/auth/'))
          response.setHeader('X-Environment', said.header);
        sayJson(response, 200, { status: 'ok', ...said.body });
      },
    }),
  );
  const auth = { mode: 'simulate', key: new Secret('0123456789abcdef'), path: '/auth/e2e/test-auth' } as const;
  const settings = settingsFor(target.url, { environment, auth, ...change });
  const rig = rigFor(settings);
  const guard = environmentGuard(rig);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId, guard });
  const result = await wallet.obtain(persona('alice', rig.runId));
  return { result, rig, wallet, target, sent: target.asked.filter((line) => line.startsWith('POST')) };
}

describe('a target that says which environment it is', () => {
  it.each([
    ['in a header', { header: 'production' }, 'staging'],
    ['in its health body', { body: { environment: 'prod' } }, 'local'],
    ['among the details', { body: { details: { environment: 'production' } } }, 'staging'],
    ['as the name of an object', { body: { environment: { name: 'production' } } }, 'local'],
    ['as prd', { body: { environment: 'PRD-eu' } }, 'staging'],
    ['as staging where production is meant', { header: 'staging' }, 'production'],
    ['as nothing that we call production', { body: { env: 'development' } }, 'production'],
  ])('gets no credential where it says another one %s', async (_how, said, environment) => {
    const { result, sent, rig } = await obtained(said, environment);
    expect(result).toMatchObject({ ok: false, trouble: { phase: 'configuration', code: 'config-invalid' } });
    expect(result.detail).toMatch(/^the target says that it is ".*", and the environment is \w+ \(backend-health\)/);
    expect(sent).toEqual([]);
    expect(seen(rig, 'probed').map(({ probe }) => probe)).toEqual(['backend-health']);
  });

  it.each([
    ['the same', { header: 'production' }, 'production'],
    ['something harmless', { body: { environment: 'dev' } }, 'staging'],
    ['a word that only begins alike', { body: { environment: 'product-team' } }, 'staging'],
    ['nothing', {}, 'production'],
  ])('gets one where it says %s', async (_what, said, environment) => {
    expect((await obtained(said, environment)).sent).toEqual(['POST /auth/e2e/test-auth']);
  });

  it('is asked on every host once, and heard whenever it speaks', async () => {
    const other = kept(await wholeTarget());
    const { wallet, rig, target } = await obtained({}, 'staging', {
      authUrl: new URL(`http://127.0.0.1:${other.port}`),
    });
    await wallet.obtain(persona('bob', rig.runId));
    expect(target.asked).toEqual(['GET /health/ready']);
    expect(other.asked.filter((line) => line.startsWith('GET'))).toEqual(['GET /health']);
    rig.recorder.note('alice', {
      kind: 'probed',
      rung: 'health',
      probe: 'auth-health',
      ok: true,
      tookMs: 1,
      answer: null,
      trouble: null,
      facts: { environment: 'production' },
      detail: '',
    });
    expect((await wallet.obtain(persona('carol', rig.runId))).ok).toBe(false);
    expect(other.asked.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  });

  it('is not asked again where the ladder has asked already', async () => {
    const target = kept(await wholeTarget());
    const rig = rigFor(settingsFor(target.url));
    const guard = environmentGuard(rig);
    await healthProbe(rig, 'ladder', 'backend-health');
    expect(await guard()).toBeNull();
    expect(target.asked).toEqual(['GET /health/ready']);
  });
});
