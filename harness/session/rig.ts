import type { LookupFunction } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import type { Profile } from '../protocol/profile.ts';
import type { Settings } from '../target/settings.ts';
import type { ToolPolicy } from '../timeline/header.ts';
import type { Recorder } from './recorder.ts';

/** What every session, probe and scenario of one run works with. */
export type Rig = {
  readonly settings: Settings;
  readonly profile: Profile;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** 32 hex digits: the trace that all our traffic of this run belongs to. */
  readonly traceId: string;
  readonly runId: string;
  /** Cuts every wait short: the command's time is up, or somebody interrupted it. */
  readonly signal: AbortSignal;
  readonly tools: ToolPolicy;
  /** Resolves host names in place of the system; the seam where name and network trouble is provoked. */
  readonly lookup?: LookupFunction;
};
