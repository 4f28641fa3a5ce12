import type { TokenCarrier } from '../protocol/profile.ts';
import type { AuthMode } from './observation.ts';

/** The legs of a run that have a budget. */
export const LEGS = [
  'credentials',
  'connect',
  'welcome',
  'first-event',
  'gap',
  'tool',
  'total',
  'delivery',
  'open-to-first-event',
] as const;
export type Leg = (typeof LEGS)[number];

/** Over `targetMs` is slow and reported; over `maxMs` breaks a promise. */
export type Budget = { readonly targetMs: number; readonly maxMs: number };
export type Budgets = { readonly [L in Leg]: Budget };

/** Whether the scenario's prompt obliges the agent to use a tool. Declared before the run, never inferred. */
export type ToolPolicy = 'required' | 'optional' | 'absent';

/** The version of the stored form; a reader accepts every 1.x and says so when it meets newer. */
export const TIMELINE_SCHEMA = 'agent-event-harness/timeline@1';

/** The first line of a stored timeline: all that is needed to judge it again. */
export type Header = {
  readonly schema: string;
  readonly harness: string;
  readonly node: string;
  /** Wall clock, ISO 8601, of the run's start; the monotonic stamps count from `startedAtMs`. */
  readonly startedAt: string;
  readonly startedAtMs: number;
  readonly runId: string;
  readonly scenario: string;
  /** The ids of the rules that this scenario is judged by; empty for a ladder alone. */
  readonly rules: readonly string[];
  readonly profile: string;
  readonly environment: string;
  readonly target: { readonly wsUrl: string; readonly httpUrl: string; readonly authUrl: string };
  readonly authMode: AuthMode;
  readonly tokenCarrier: TokenCarrier;
  /** Test headers make known targets skip authentication; the verdict must say so. */
  readonly testHeaders: boolean;
  /** `NODE_TLS_REJECT_UNAUTHORIZED=0` was set: nothing here can be trusted, and no verdict is green. */
  readonly tlsUnverified: boolean;
  readonly budgets: Budgets;
  readonly graceMs: number;
  readonly tools: ToolPolicy;
  /** Whether the promptness/delivery rule applies: the profile stamps its events. */
  readonly stamps: boolean;
  readonly seed: number;
  readonly traceId: string;
};
