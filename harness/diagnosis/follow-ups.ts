import type { Phase, Probe, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** What the last probe of this kind found, made after observation `afterSeq` where one is given; `null` where none was made. */
export function followUp(run: Run, probe: Probe, afterSeq = -1): Seen<'probed'> | null {
  return probesOf(run, probe).findLast(({ seq }) => seq > afterSeq) ?? null;
}

/** What every probe of this kind found, in the order of time. */
export function probesOf(run: Run, probe: Probe): readonly Seen<'probed'>[] {
  return run.observations.filter((seen) => seen.kind === 'probed').filter((seen) => seen.probe === probe);
}

/** What the last probe of this kind on this very session found; `null` where none was made. */
export function probedOn(run: Run, session: string, probe: Probe): Seen<'probed'> | null {
  return probesOf(run, probe).findLast((seen) => seen.session === session) ?? null;
}

/** Whether an upgrade that a probe asked for was let in. */
export function wasLetIn(probe: Seen<'probed'>): boolean {
  return probe.ok;
}

/** Whether a probe found nobody: refused, unreachable, or answered by a server error. */
export function foundNobody(probe: Seen<'probed'>): boolean {
  return probe.answer === null ? probe.trouble !== null : probe.answer.status >= 500;
}

/** What begins once a port has taken the connection. */
const BEHIND_TCP: ReadonlySet<Phase> = new Set(['tls', 'health', 'upgrade']);

/** Whether a probe reached a listening port, whatever it was told there. */
export function reachedTcp(probe: Seen<'probed'>): boolean {
  return probe.answer !== null || probe.ok || (probe.trouble !== null && BEHIND_TCP.has(probe.trouble.phase));
}
