import type { Rig } from '../session/rig.ts';
import type { Wallet } from '../target/credentials.ts';
import type { Persona } from '../target/personas.ts';
import type { Rung } from '../timeline/observation.ts';
import type { Climber, Step } from './footing.ts';
import { configuration } from './rungs/configuration.ts';
import { credentials } from './rungs/credentials.ts';
import { dns } from './rungs/dns.ts';
import { health } from './rungs/health.ts';
import { tcp } from './rungs/tcp.ts';
import { tls } from './rungs/tls.ts';
import { upgrade } from './rungs/upgrade.ts';
import { welcome } from './rungs/welcome.ts';

const STEPS: readonly Step[] = [configuration, dns, tcp, tls, health, credentials, upgrade, welcome];

/** Climbs from the configuration to the welcome, notes each rung with its time, and stops at the first that breaks. Leaves no connection behind. */
export async function climb(
  rig: Rig,
  of: { readonly wallet: Wallet; readonly persona: Persona; readonly session?: string },
): Promise<{ readonly broken: Rung | null }> {
  const name = of.session ?? 'ladder';
  const climber: Climber = { rig, wallet: of.wallet, persona: of.persona, name, credential: null, session: null };
  rig.recorder.note(name, { kind: 'joined', persona: of.persona.name, role: 'ladder' });
  try {
    for (const { rung, take } of STEPS) {
      if (rig.signal.aborted) return { broken: rung };
      const startedMs = rig.clock.nowMs();
      const footing = await take(climber);
      const tookMs = rig.clock.nowMs() - startedMs;
      rig.recorder.note(name, { kind: 'probed', rung, probe: 'rung', tookMs, ...footing });
      if (!footing.ok) return { broken: rung };
    }
    return { broken: null };
  } finally {
    await climber.session?.close();
  }
}
