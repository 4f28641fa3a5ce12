import type { Probe, Seen } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';

/** What the last probe of this kind found, made after observation `afterSeq` where one is given; `null` where none was made. */
export function followUp(run: Run, probe: Probe, afterSeq = -1): Seen<'probed'> | null {
  const probes = run.observations.filter((seen) => seen.kind === 'probed');
  return probes.findLast((seen) => seen.probe === probe && seen.seq > afterSeq) ?? null;
}

/** What the last probe of this kind on this very session found; `null` where none was made. */
export function probedOn(run: Run, session: string, probe: Probe): Seen<'probed'> | null {
  const probes = run.observations.filter((seen) => seen.kind === 'probed');
  return probes.findLast((seen) => seen.probe === probe && seen.session === session) ?? null;
}

/** Whether an upgrade that a probe asked for was let in. */
export function wasLetIn(probe: Seen<'probed'>): boolean {
  return probe.answer === null ? probe.ok : probe.answer.status === 101;
}

/** Whether a probe found nobody: refused, unreachable, or answered by a server error. */
export function foundNobody(probe: Seen<'probed'>): boolean {
  return probe.answer === null ? probe.trouble !== null : probe.answer.status >= 500;
}

/** Whether a probe reached a listening port, whatever it was told there. */
export function reachedTcp(probe: Seen<'probed'>): boolean {
  const phase = probe.trouble?.phase;
  return probe.answer !== null || probe.ok || phase === 'tls' || phase === 'health' || phase === 'upgrade';
}
