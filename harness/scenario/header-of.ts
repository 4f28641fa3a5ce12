import type { Clock } from '../kernel/clock.ts';
import type { Profile } from '../protocol/profile.ts';
import { placeOfUrl } from '../target/place-of-url.ts';
import type { Settings } from '../target/settings.ts';
import { version } from '../target/version.ts';
import { type Header, TIMELINE_SCHEMA, type ToolPolicy } from '../timeline/header.ts';
import type { Scenario } from './scenario.ts';

/** What a header is made of besides the settings. */
export type HeaderInput = {
  readonly settings: Settings;
  readonly profile: Profile;
  readonly scenario: Scenario;
  readonly tools: ToolPolicy;
  readonly clock: Clock;
  readonly node: string;
  readonly runId: string;
  readonly traceId: string;
  readonly seed: number;
};

/** The first line of the run's timeline: everything that judging it again needs, and no secret. */
export function headerOf(input: HeaderInput): Header {
  const { settings, scenario, clock, profile } = input;
  return {
    schema: TIMELINE_SCHEMA,
    harness: version(),
    node: input.node,
    startedAt: new Date(clock.wallMs()).toISOString(),
    startedAtMs: clock.nowMs(),
    runId: input.runId,
    scenario: scenario.name,
    rules: scenario.rules.map((rule) => rule.id),
    profile: profile.name,
    environment: settings.environment,
    target: {
      wsUrl: placeOfUrl(settings.wsUrl),
      httpUrl: placeOfUrl(settings.httpUrl),
      authUrl: placeOfUrl(settings.authUrl),
    },
    authMode: settings.auth.mode,
    tokenCarrier: settings.tokenCarrier,
    testHeaders: settings.testHeaders,
    tlsUnverified: settings.tlsUnverified,
    budgets: settings.budgets,
    graceMs: settings.graceMs,
    tools: input.tools,
    stamps: profile.stamps,
    seed: input.seed,
    traceId: input.traceId,
  };
}
