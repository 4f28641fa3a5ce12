import type { Secret } from '../kernel/secret.ts';
import { traceparent } from '../target/trace.ts';
import { userAgent } from '../target/version.ts';
import type { Call } from './attempt.ts';
import type { Rig } from './rig.ts';

/** With these, known targets skip authentication: sent only where the settings say so. */
const TEST_HEADERS: Call['headers'] = { 'X-Test-Type': 'E2E', 'X-E2E-Test': 'true', 'X-Test-Mode': 'true' };

/** What is particular to one connection: its token, and where it departs from the settings. */
export type CallPlan = {
  /** `null`: no token travels. */
  readonly token: Secret | null;
  /** In place of the path of the settings' URL. */
  readonly path?: string;
  /** In place of the settings' origin; `null`: no `Origin` at all. */
  readonly origin?: string | null;
};

/** The URL of a connection without anything secret: what the timeline shows. */
export function publicUrl(rig: Rig, plan: CallPlan): URL {
  const url = new URL(rig.settings.wsUrl);
  if (plan.path !== undefined) url.pathname = plan.path;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

/** One upgrade request: URL, headers and subprotocols, the token in whatever carries it. */
export function callOf(rig: Rig, plan: CallPlan): Omit<Call, 'agent'> {
  const { settings, profile } = rig;
  const carried = plan.token === null ? null : profile.carriage(plan.token.reveal(), settings.tokenCarrier);
  const url = new URL(settings.wsUrl);
  if (plan.path !== undefined) url.pathname = plan.path;
  for (const [name, value] of Object.entries(carried?.query ?? {})) url.searchParams.set(name, value);
  const origin = plan.origin === undefined ? settings.origin : plan.origin;
  return {
    url,
    subprotocols: carried?.subprotocols ?? [],
    headers: {
      'User-Agent': userAgent(),
      'X-Agent-Events-Run': rig.runId,
      traceparent: traceparent(rig.traceId),
      ...(origin === null ? {} : { Origin: origin }),
      ...(settings.testHeaders ? TEST_HEADERS : {}),
      ...carried?.headers,
    },
  };
}
