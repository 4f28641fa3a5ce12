import type { Rig } from '../session/rig.ts';
import { type Exchange, exchange } from '../target/http.ts';
import { traceparent } from '../target/trace.ts';
import type { Facts, Probe } from '../timeline/observation.ts';
import { troubleWords } from '../timeline/trouble-words.ts';
import type { Footing } from './footing.ts';
import { healthReport, isServing } from './health-report.ts';

export type HealthProbe = Extract<Probe, 'backend-health' | 'auth-health' | 'socket-health'>;

/** A health answer that took longer than this, or than the connect max where that is more, is not waited for. */
const SHORTEST_DEADLINE_MS = 2000;

/** Asks one side of the target how it is, and notes the answer on `session`: good, bad or none. */
export async function healthProbe(rig: Rig, session: string, probe: HealthProbe): Promise<Footing> {
  const startedMs = rig.clock.nowMs();
  const { asked, remark } = await askedOf(rig, probe);
  const footing = footingOf(asked, remark);
  const tookMs = rig.clock.nowMs() - startedMs;
  rig.recorder.note(session, { kind: 'probed', rung: 'health', probe, tookMs, ...footing });
  return footing;
}

type Asked = { readonly asked: Exchange; readonly remark: string | null };

async function askedOf(rig: Rig, probe: HealthProbe): Promise<Asked> {
  const url = urlOf(rig, probe);
  const first = await ask(rig, url, 'GET');
  const status = first.answer?.status;
  if (probe === 'backend-health' && status === 404 && parentOf(url) !== null)
    return { asked: await ask(rig, parentOf(url) ?? url, 'GET'), remark: `no ${url.pathname}` };
  if (probe === 'socket-health' && status !== undefined && status >= 400) {
    // A readiness gate takes any GET below the socket's path for an upgrade; HEAD passes it.
    const second = await ask(rig, url, 'HEAD');
    if (second.answer !== null && second.answer.status < 400)
      return { asked: second, remark: `GET answered ${status}, HEAD ${second.answer.status}` };
  }
  return { asked: first, remark: null };
}

function urlOf(rig: Rig, probe: HealthProbe): URL {
  const { settings, profile } = rig;
  switch (probe) {
    case 'backend-health':
      return new URL(profile.health.backend, settings.httpUrl);
    case 'auth-health':
      return new URL(profile.health.auth, settings.authUrl);
    case 'socket-health': {
      const url = new URL(profile.health.socket, settings.wsUrl);
      return new URL(`${settings.wsUrl.protocol === 'wss:' ? 'https:' : 'http:'}//${url.host}${url.pathname}`);
    }
    default:
      return probe satisfies never;
  }
}

/** `/health` for `/health/ready`; `null` at the top. */
function parentOf(url: URL): URL | null {
  const path = url.pathname.replace(/\/[^/]*$/, '');
  return path === '' ? null : new URL(path, url);
}

async function ask(rig: Rig, url: URL, method: 'GET' | 'HEAD'): Promise<Exchange> {
  const { settings, clock, signal, traceId, runId } = rig;
  const deadlineMs = Math.max(SHORTEST_DEADLINE_MS, settings.budgets.connect.maxMs);
  const headers = { traceparent: traceparent(traceId), 'x-agent-events-run': runId };
  return await exchange({
    url,
    method,
    headers,
    deadlineMs,
    proxy: settings.proxyFor(url),
    signal,
    clock,
    phase: 'health',
  });
}

function footingOf({ answer, text, trouble }: Exchange, remark: string | null): Footing {
  if (answer === null) {
    const detail = trouble === null ? 'no answer' : troubleWords(trouble);
    return { ok: false, answer, trouble, facts: {}, detail };
  }
  const report = healthReport(text);
  const revision = report.revision ?? answer.headers['x-revision'] ?? null;
  const good = answer.status < 400 && report.failed.length === 0 && isServing(report.status);
  const environment = answer.headers['x-environment'] ?? report.environment;
  const facts: Facts = { status: report.status, failed: report.failed, revision, environment };
  const words = [
    `answered ${answer.status}`,
    ...(report.status === null ? [] : [report.status]),
    ...(report.failed.length === 0 ? [] : [`failed: ${report.failed.join(', ')}`]),
    ...(remark === null ? [] : [remark]),
  ];
  return { ok: good, answer, trouble, facts, detail: words.join('; ') };
}
