import { afterEach, describe, expect, it } from 'vitest';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { type WholeTarget, wholeTarget } from '../../fixtures/whole-target.ts';
import type { Rig } from '../session/rig.ts';
import { Wallet } from '../target/credentials.ts';
import { perform } from './perform.ts';
import type { Scenario } from './scenario.ts';

afterEach(closeKept);

async function performed(target: WholeTarget, act: Scenario['act']): Promise<Rig> {
  kept(target);
  const settings = settingsFor(target.url);
  const rig = rigFor(settings);
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  const scenario: Scenario = { name: 'x', sentence: 'x', tools: 'required', rules: [], act };
  await perform({ scenario, header: HEADER, rig, wallet, patienceMs: null });
  return rig;
}

const unauthorised = () =>
  wholeTarget({
    onUpgrade(_request, socket) {
      socket.end(answer('401 Unauthorized'));
      return true;
    },
  });

describe('performing', () => {
  it('follows a refusal up that nobody asked for', async () => {
    const rig = await performed(await unauthorised(), async ({ connect }) => {
      await connect('alice');
    });
    expect(seen(rig, 'probed').length).toBeGreaterThan(0);
  });

  it('follows nothing up where the refusal is what the act asks for', async () => {
    const rig = await performed(await unauthorised(), async ({ connect }) => {
      await connect('alice', { session: 'without', credential: null, provoked: true });
    });
    expect(seen(rig, 'refused', 'without')).toHaveLength(1);
    expect(seen(rig, 'probed')).toEqual([]);
  });

  it('dials as the plan of a connection says', async () => {
    const rig = await performed(await wholeTarget(), async ({ connect }) => {
      await connect('alice', { session: 'elsewhere', path: '/ws/elsewhere' });
    });
    expect(seen(rig, 'dialled', 'elsewhere')[0]?.url).toMatch(/\/ws\/elsewhere$/);
  });
});
