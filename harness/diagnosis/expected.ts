import type { Ruled } from '../judge/rule.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';

const FAULT_WINDOW_MS = 1000;
const CUTTING_FAULT = /sever|cut|reset|drop|clos|kill|down|restart|stop|blackhole|stall|freeze|terminat|disconnect/i;

/** The sessions whose refusal or end a kept promise of admission cites: it was asked for, and explains nothing. */
export function refusedOnPurpose(run: Run, ruled: readonly Ruled[]): ReadonlySet<string> {
  const cited = ruled
    .filter(({ rule }) => rule.id.startsWith('admission/'))
    .flatMap(({ ruling }) => (ruling.outcome === 'pass' ? ruling.evidence : []))
    .filter((seen) => seen.kind === 'refused' || seen.kind === 'closed')
    .map((seen) => seen.session);
  return new Set(run.sessions.map(({ session }) => session).filter((session) => cited.includes(session)));
}

/** Whether a fault of ours took the connection away: its end is then no finding about the target. */
export function cutByOurFault({ observations, closed }: SessionRecord): boolean {
  if (closed === null) return false;
  return observations.some(
    (seen) =>
      seen.kind === 'faulted' &&
      seen.seq < closed.seq &&
      (CUTTING_FAULT.test(seen.fault) || closed.atMs - seen.atMs <= FAULT_WINDOW_MS),
  );
}
