import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';
import type { Rig } from '../session/rig.ts';
import { Wallet } from '../target/credentials.ts';
import type { Settings } from '../target/settings.ts';
import { agentOverHttp } from './agent-over-http.ts';
import { healthProbe } from './health-probe.ts';

afterEach(closeKept);

const ANSWER = { status: 'success', agent: 'triage', response: 'three savings', error: null };

async function asked(
  onAgent: (response: ServerResponse, body: string, request: IncomingMessage) => void,
  change: Partial<Settings> = {},
  rigChange: Partial<Rig> = {},
) {
  const bodies: string[] = [];
  const target = kept(
    await wholeTarget({
      onHttp(request, response) {
        if (request.method !== 'POST') return sayJson(response, 200, { status: 'ok' });
        let body = '';
        request.on('data', (chunk) => {
          body += String(chunk);
        });
        request.on('end', () => {
          bodies.push(body);
          onAgent(response, body, request);
        });
      },
    }),
  );
  const settings = settingsFor(target.url, { agentOverHttp: true, ...change });
  const rig = rigFor(settings, rigChange);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  await healthProbe(rig, 'alice', 'backend-health');
  await agentOverHttp(rig, wallet, 'alice');
  return { rig, target, bodies, probe: seen(rig, 'probed').find(({ probe }) => probe === 'agent-over-http') };
}

describe('the agent over HTTP', () => {
  it('is asked once, with a prompt that no known server answers from a mock', async () => {
    const { probe, target, bodies } = await asked((response) => sayJson(response, 200, ANSWER), { prompt: 'a Test' });
    expect(probe).toMatchObject({ ok: true, facts: { answered: true, absent: false, status: 200 } });
    expect(target.asked.filter((line) => line.startsWith('POST'))).toEqual(['POST /api/agents/execute']);
    expect(bodies.join()).not.toMatch(/test/i);
    expect(JSON.parse(bodies[0] ?? '').type).toBe('user_message');
  });

  it.each([
    ['an error of its own', 200, { ...ANSWER, status: 'error', response: null, error: 'no model' }, false],
    ['an answer without words', 200, { status: 'success', response: '' }, false],
    ['a server error', 503, { detail: 'starting' }, false],
    ['a refusal', 401, { detail: 'no' }, false],
    ['no such way in', 404, { detail: 'Not Found' }, true],
  ])('does not answer with %s', async (_what, status, body, absent) => {
    const { probe } = await asked((response) => sayJson(response, status, body));
    expect(probe).toMatchObject({ ok: false, facts: { answered: false, absent, status } });
  });

  it('does not answer where it breaks off', async () => {
    const { probe } = await asked((response) => response.destroy());
    expect(probe).toMatchObject({ ok: false, answer: null, facts: { answered: false, absent: false, status: null } });
  });

  it('is waited for no longer than a whole run may take', async () => {
    const { probe } = await asked(() => undefined);
    expect(probe?.trouble?.code).toBe('DEADLINE');
    expect(probe?.tookMs).toBeLessThan(1500);
  });

  it('is not asked where the settings do not allow it, the run is cut, or nobody answers HTTP', async () => {
    const never = (): void => expect.unreachable('asked');
    expect((await asked(never, { agentOverHttp: false })).probe).toBeUndefined();
    expect((await asked(never, {}, { signal: AbortSignal.abort() })).probe).toBeUndefined();
    const rig = rigFor(settingsFor('ws://127.0.0.1:1/ws', { agentOverHttp: true }));
    const wallet = new Wallet({ settings: rig.settings, clock: rig.clock, traceId: rig.traceId });
    await agentOverHttp(rig, wallet, 'alice');
    await healthProbe(rig, 'alice', 'backend-health');
    await agentOverHttp(rig, wallet, 'alice');
    expect(seen(rig, 'probed').map(({ probe }) => probe)).toEqual(['backend-health']);
  });

  it('is let go of when the run is cut', async () => {
    const cut = new AbortController();
    const { probe } = await asked(() => cut.abort(), {}, { signal: cut.signal });
    expect(probe).toBeUndefined();
  });
});
