import type { Rig } from '../session/rig.ts';
import type { CredentialResult } from '../target/credentials.ts';
import { disagreementWith } from '../target/environments.ts';
import { isProduction } from '../target/guards.ts';
import type { Observation } from '../timeline/observation.ts';
import { type HealthProbe, healthProbe } from './health-probe.ts';

/** Where what is asked on nobody's behalf is noted. */
const HARNESS = 'harness';

/**
 * Asked before every credential: does the target say of itself that it is production where we mean another environment, or
 * another where we mean production? Then none may leave. `null` where nothing that its health said so far disagrees; each
 * host that nobody has asked yet is asked first, once.
 */
export function environmentGuard(rig: Rig): () => Promise<CredentialResult | null> {
  const { recorder, settings } = rig;
  const { environment, wsUrl, httpUrl, authUrl } = settings;
  const production = isProduction(environment, [wsUrl, httpUrl, authUrl]);
  const heard = new Set<string>();
  let refusal: CredentialResult | null = null;
  let asking: Promise<unknown> | null = null;
  recorder.watch((seen) => {
    const host = hostAsked(rig, seen);
    if (host === null || seen.kind !== 'probed') return;
    heard.add(host);
    const { environment: stated } = seen.facts;
    const reason = typeof stated === 'string' ? disagreementWith(production, environment, stated) : null;
    if (reason !== null) refusal ??= refused(`${reason} (${seen.probe}), so no credential was sent`);
  });
  const ask = async (): Promise<void> => {
    const silent = SIDES.filter((probe, index) => {
      const host = hostOf(rig, probe);
      return !heard.has(host) && SIDES.findIndex((other) => hostOf(rig, other) === host) === index;
    });
    await Promise.all(silent.map((probe) => healthProbe(rig, HARNESS, probe)));
  };
  return async () => {
    asking ??= ask();
    await asking;
    return refusal;
  };
}

const SIDES = ['backend-health', 'auth-health', 'socket-health'] as const satisfies readonly HealthProbe[];

function hostOf({ settings }: Rig, probe: HealthProbe): string {
  const { httpUrl, authUrl, wsUrl } = settings;
  return (probe === 'backend-health' ? httpUrl : probe === 'auth-health' ? authUrl : wsUrl).host;
}

function hostAsked(rig: Rig, seen: Observation): string | null {
  const side = seen.kind === 'probed' ? SIDES.find((probe) => probe === seen.probe) : undefined;
  return side === undefined ? null : hostOf(rig, side);
}

function refused(message: string): CredentialResult {
  const trouble = { phase: 'configuration', code: 'config-invalid', message } as const;
  return { ok: false, answer: null, trouble, tookMs: 0, detail: message, facts: { code: 'config-invalid' } };
}
