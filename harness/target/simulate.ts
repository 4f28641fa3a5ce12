import type { Secret } from '../kernel/secret.ts';
import type { CredentialResult, Errand } from './credential.ts';
import type { Persona } from './personas.ts';
import { requestToken, under } from './token-request.ts';

/** The body of an OAuth simulation: who the token shall be for. */
export function simulationBody(who: Persona): { readonly [field: string]: unknown } {
  return { email: who.email, name: who.fullName, permissions: ['read', 'write'], simulate_oauth: true };
}

/** Exchanges the simulation key for a token at the auth service; the key goes to that one endpoint and nowhere else. */
export async function simulate(
  errand: Errand,
  plan: { readonly key: Secret; readonly path: string },
  who: Persona,
): Promise<CredentialResult> {
  return await requestToken(errand, {
    source: 'simulate',
    url: under(errand.settings.authUrl, plan.path),
    headers: { 'x-e2e-bypass-key': plan.key.reveal() },
    body: simulationBody(who),
    deadlineMs: patienceMs(errand),
    hidden: [plan.key],
  });
}

/** How long a token is waited for: past the leg's max it is late, and only past the grace it is missing. */
export function patienceMs({ settings }: Errand): number {
  return settings.budgets.credentials.maxMs + settings.graceMs;
}
