import type { Rig } from '../session/rig.ts';
import type { Wallet } from '../target/credentials.ts';
import { exchange } from '../target/http.ts';
import { persona } from '../target/personas.ts';
import { traceparent } from '../target/trace.ts';
import type { Facts } from '../timeline/observation.ts';
import { troubleWords } from '../timeline/trouble-words.ts';
import { FRESH } from './fresh-user.ts';

/** The longest that the answer is waited for; an agent that works takes its time, a report must not take for ever. */
const LONGEST_MS = 20_000;
/** A known server answers such a prompt from a mock. */
const MOCKED = /test/i;

/**
 * After a failure, where the settings allow it: one request to the agent over HTTP, with a fresh user's token. An answer
 * proves the application apart from its socket. Asked once, within the total budget, never where nobody answers HTTP.
 */
export async function agentOverHttp(rig: Rig, wallet: Wallet, session: string): Promise<void> {
  const { settings, profile, clock, recorder, signal } = rig;
  const way = profile.agentOverHttp;
  if (way === null || !settings.agentOverHttp || !isReachable(rig) || signal.aborted) return;
  const obtained = await wallet.obtain(persona(FRESH, rig.runId));
  // Who gets no token has nothing to show there either, and where one is withheld nothing is to be asked.
  if (!obtained.ok) return;
  const { credential } = obtained;
  if (credential !== null) recorder.hide(credential.token);
  const url = new URL(way.path, settings.httpUrl);
  const prompt = settings.prompt === null || MOCKED.test(settings.prompt) ? profile.defaultPrompt : settings.prompt;
  const { answer, text, trouble, tookMs } = await exchange({
    url,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      traceparent: traceparent(rig.traceId),
      'x-agent-events-run': rig.runId,
      ...(credential === null ? {} : { authorization: `Bearer ${credential.token.reveal()}` }),
    },
    body: way.body(prompt),
    deadlineMs: Math.min(LONGEST_MS, settings.budgets.total.maxMs),
    proxy: settings.proxyFor(url),
    signal,
    clock,
    phase: 'health',
  });
  if (trouble?.code === 'ABORT_ERR') return;
  const reply = answer === null || trouble !== null ? null : way.read(answer.status, text ?? '');
  const answered = reply?.answered ?? false;
  const absent = reply?.absent ?? false;
  const facts: Facts = { answered, absent, status: answer?.status ?? null };
  const detail = reply?.detail ?? (trouble === null ? 'no answer' : troubleWords(trouble));
  recorder.note(session, {
    kind: 'probed',
    rung: 'health',
    probe: 'agent-over-http',
    ok: answered,
    tookMs,
    answer,
    trouble,
    facts,
    detail,
  });
}

/** Whether anybody answered HTTP there, the last time that somebody was asked. */
function isReachable({ recorder, settings }: Rig): boolean {
  const health = recorder.observations.findLast((seen) => seen.kind === 'probed' && seen.probe === 'backend-health');
  if (health?.kind === 'probed') return health.answer !== null;
  const isOneHost = settings.httpUrl.host === settings.wsUrl.host;
  return isOneHost && recorder.observations.some(({ kind }) => kind === 'refused' || kind === 'opened');
}
