import { mayPass } from '../session/retry.ts';
import type { Rig } from '../session/rig.ts';
import { tryAgain } from '../session/try-again.ts';
import type { Wallet } from '../target/credentials.ts';
import type { Persona } from '../target/personas.ts';
import type { Rung } from '../timeline/observation.ts';
import type { Climber, Footing, Step } from './footing.ts';
import { configuration } from './rungs/configuration.ts';
import { credentials } from './rungs/credentials.ts';
import { dns } from './rungs/dns.ts';
import { health } from './rungs/health.ts';
import { tcp } from './rungs/tcp.ts';
import { tls } from './rungs/tls.ts';
import { upgrade } from './rungs/upgrade.ts';
import { welcome } from './rungs/welcome.ts';

const STEPS: readonly Step[] = [configuration, dns, tcp, tls, health, credentials, upgrade, welcome];

/** Climbs from the configuration to the welcome, notes each rung with its time, and stops at the first that breaks, trouble that may pass aside. Leaves no connection behind. */
export async function climb(
  rig: Rig,
  of: { readonly wallet: Wallet; readonly persona: Persona; readonly session?: string },
): Promise<{ readonly broken: Rung | null }> {
  const name = of.session ?? 'ladder';
  const climber: Climber = { rig, wallet: of.wallet, persona: of.persona, name, credential: null, session: null };
  rig.recorder.note(name, { kind: 'joined', persona: of.persona.name, role: 'ladder' });
  try {
    for (const step of STEPS) {
      if (rig.signal.aborted) return { broken: step.rung };
      const footing = await tryAgain(rig, {
        tries: step.redials === true ? rig.settings.dialTries : 1,
        attempt: (number) => tread(climber, step, number),
        restMs: ({ trouble }) => (trouble !== null && mayPass(trouble) ? 0 : null),
      });
      if (footing.ok) continue;
      await step.onBroken?.(climber, footing);
      return { broken: step.rung };
    }
    return { broken: null };
  } finally {
    await climber.session?.close();
  }
}

/** Takes one rung once and notes what it found. */
async function tread(climber: Climber, step: Step, attempt: number): Promise<Footing> {
  const { rig, name } = climber;
  const startedMs = rig.clock.nowMs();
  const footing = await step.take(climber);
  const tookMs = rig.clock.nowMs() - startedMs;
  const facts = attempt > 1 ? { ...footing.facts, attempts: attempt } : footing.facts;
  rig.recorder.note(name, { kind: 'probed', rung: step.rung, probe: 'rung', tookMs, ...footing, facts });
  return footing;
}
