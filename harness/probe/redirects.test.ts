import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, kept, served } from '../../fixtures/dials.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { wholeTarget } from '../../fixtures/whole-target.ts';
import { Secret } from '../kernel/secret.ts';
import { dial } from '../session/dial.ts';
import { Wallet } from '../target/credentials.ts';
import { persona } from '../target/personas.ts';
import type { AuthPlan } from '../target/settings.ts';
import { agentOverHttp } from './agent-over-http.ts';
import { askWithoutToken } from './ask-without-token.ts';
import { healthProbe } from './health-probe.ts';
import { otherOrigin } from './other-origin.ts';

afterEach(closeKept);

const CODES = [301, 302, 303, 307, 308] as const;

/** A target that sends everybody on to a thief, and what reached the thief. */
async function tempting(code: number, auth: AuthPlan = MINT) {
  const stolen: string[] = [];
  const thief = await served({
    onRequest(socket, request) {
      stolen.push(request);
      socket.end(answer('200 OK'));
    },
  });
  const location = `location: http://127.0.0.1:${thief.port}/steal`;
  const target = kept(
    await wholeTarget({
      onHttp: (_request, response) => void response.writeHead(code, { location: location.slice(10) }).end(),
      onUpgrade: (_request, socket) => {
        socket.end(answer(`${code} Elsewhere`, [location]));
        return true;
      },
    }),
  );
  const settings = settingsFor(target.url, { auth, agentOverHttp: true, origin: 'https://app.example' });
  const rig = rigFor(settings);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  return { rig, wallet, target, thief, stolen };
}

const MINT: AuthPlan = {
  mode: 'mint',
  signing: {
    algorithm: 'HS256',
    key: new Secret('only-for-this-test-0123456789abcdef-0123456789'),
    issuer: 'i',
    audience: 'a',
    lifetimeS: 60,
    keyId: null,
  },
};

describe.each(CODES)('a redirect with %i', (code) => {
  it('takes no socket and no probe along, and so no token', async () => {
    const { rig, wallet, thief, stolen, target } = await tempting(code);
    const result = await wallet.obtain(persona('alice', rig.runId));
    const credential = result.ok ? result.credential : null;
    expect(credential).not.toBeNull();
    await dial(rig, { ...ALICE, credential });
    await askWithoutToken(rig, 'alice');
    await otherOrigin(rig, wallet, { session: 'alice', persona: 'alice' });
    for (const probe of ['backend-health', 'auth-health', 'socket-health'] as const)
      await healthProbe(rig, 'alice', probe);
    await agentOverHttp(rig, wallet, 'alice');
    expect(seen(rig, 'refused').every(({ answer: { status } }) => status === code)).toBe(true);
    expect(target.asked).toContain('POST /api/agents/execute');
    expect([thief.connections(), stolen]).toEqual([0, []]);
  });

  it.each([
    [
      'a simulation key',
      { mode: 'simulate', key: new Secret('simulation-key-0123456789'), path: '/auth/e2e/test-auth' },
    ],
    ['a password', { mode: 'login', email: 'a@b.example', password: new Secret('a-password-0123456789') }],
    ['a development login', { mode: 'dev-login', chosen: true }],
  ] as const)('takes %s nowhere', async (_what, auth) => {
    const { rig, wallet, thief, target } = await tempting(code, auth);
    expect(await wallet.obtain(persona('alice', rig.runId))).toMatchObject({ ok: false, answer: { status: code } });
    expect(target.asked.some((line) => line.startsWith('POST'))).toBe(true);
    expect(thief.connections()).toBe(0);
  });
});
