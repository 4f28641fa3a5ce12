import type { Secret } from '../kernel/secret.ts';
import type { CredentialResult, Errand } from './credential.ts';
import type { Persona } from './personas.ts';
import { patienceMs, simulationBody } from './simulate.ts';
import { requestToken, under } from './token-request.ts';

/** Statuses that say that there is no such endpoint at all. */
const ABSENT: ReadonlySet<unknown> = new Set([404, 405, 426, 501]);
/** Statuses, beside 500 and more, that say that there is one and that it will not serve now. */
const NOT_NOW: ReadonlySet<unknown> = new Set([408, 429]);

/** Logs in with an email and a password, as a user would. */
export async function login(
  errand: Errand,
  plan: { readonly email: string; readonly password: Secret },
): Promise<CredentialResult> {
  return await requestToken(errand, {
    source: 'login',
    url: under(errand.settings.authUrl, 'auth/login'),
    body: { email: plan.email, password: plan.password.reveal() },
    deadlineMs: patienceMs(errand),
    hidden: [plan.password],
  });
}

/**
 * Asks the target's own development login, at the auth service and then at the backend. Where nobody chose it, the run goes
 * on without a token: `facts.devLogin` is "failed" where it would not serve now, with its status or code, else "not offered".
 */
export async function devLogin(errand: Errand, chosen: boolean, who: Persona): Promise<CredentialResult> {
  const { authUrl, httpUrl, budgets } = errand.settings;
  const deadlineMs = chosen ? patienceMs(errand) : Math.max(1000, budgets.credentials.maxMs);
  const ask = async (url: URL): Promise<CredentialResult> =>
    await requestToken(errand, { source: 'dev-login', url, body: simulationBody(who), deadlineMs });
  const first = await ask(under(authUrl, 'auth/dev/login'));
  const second = isAbsent(first) ? await ask(under(httpUrl, 'auth/dev_login')) : first;
  const came = second.ok || hasFailed(second) ? second : first;
  if (came.ok || chosen) return came;
  const { answer, trouble, tookMs } = came;
  const failed = hasFailed(came);
  const facts = {
    ...came.facts,
    devLogin: failed ? 'failed' : 'not offered',
    status: answer?.status ?? null,
    code: trouble?.code ?? null,
    absent: isAbsent(came),
  };
  const what = failed ? 'the development login failed' : 'no development login';
  const detail = `${what} (${came.detail}): going on without a token`;
  return { ok: true, credential: null, answer, trouble: null, tookMs, detail, facts };
}

function isAbsent(came: CredentialResult): boolean {
  return !came.ok && ABSENT.has(came.answer?.status);
}

/** It did not answer, broke off, or answered that it cannot serve now: that says nothing about what it offers. */
function hasFailed(came: CredentialResult): boolean {
  if (came.ok || isAbsent(came)) return false;
  const status = came.answer?.status;
  return status === undefined || came.trouble !== null || status >= 500 || NOT_NOW.has(status);
}
