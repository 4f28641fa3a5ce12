import type { Rig } from '../session/rig.ts';
import type { Header } from '../timeline/header.ts';
import type { Observation } from '../timeline/observation.ts';

/** A `Date` header counts whole seconds: the true time lies half a second behind it, give or take as much. */
const HALF_SECOND_MS = 500;
/** More skew than this, and tokens begin to be refused; more of a jump, and times of this run mean nothing. */
const SKEW_MS = 30_000;
const JUMP_MS = 100;

/**
 * After a failure: is our clock right? `facts.offsetMs`: how far the target's is ahead, by the newest `Date` it sent, give or
 * take `facts.uncertaintyMs`; `facts.jumpMs`: how much further our wall clock went than the monotonic one in this run.
 */
export function ownClock(rig: Rig, session: string, header: Pick<Header, 'startedAt' | 'startedAtMs'>): void {
  const { clock, recorder } = rig;
  const startedMs = clock.nowMs();
  const jumpMs = clock.wallMs() - Date.parse(header.startedAt) - (startedMs - header.startedAtMs);
  const dated = recorder.observations.map(datedBy).findLast((one) => one !== null) ?? null;
  const wallAtMs = clock.wallMs() - startedMs + (dated?.atMs ?? 0);
  const offsetMs = dated === null ? null : Math.round(dated.dateMs + HALF_SECOND_MS - wallAtMs);
  const uncertaintyMs = dated === null ? null : Math.round(HALF_SECOND_MS + dated.tookMs / 2);
  const jumped = Math.abs(jumpMs) > JUMP_MS;
  const skewed = offsetMs !== null && Math.abs(offsetMs) > SKEW_MS;
  const words = clockWords(offsetMs, uncertaintyMs);
  const jump = jumped ? `our wall clock jumped by ${Math.round(jumpMs)} ms` : 'ours did not jump';
  recorder.note(session, {
    kind: 'probed',
    rung: 'configuration',
    probe: 'own-clock',
    ok: !jumped && !skewed,
    tookMs: clock.nowMs() - startedMs,
    answer: null,
    trouble: null,
    facts: { offsetMs, uncertaintyMs, jumpMs: Math.round(jumpMs) },
    detail: `${words}; ${jump}`,
  });
}

type Dated = { readonly dateMs: number; readonly atMs: number; readonly tookMs: number };

function datedBy(seen: Observation): Dated | null {
  const headers = headersOf(seen);
  const dateMs = Date.parse(headers?.date ?? '');
  if (headers === null || Number.isNaN(dateMs) || !('tookMs' in seen)) return null;
  // Stamped when its answer was whole; the target spoke half a round trip before.
  return { dateMs, atMs: seen.atMs - seen.tookMs / 2, tookMs: seen.tookMs };
}

function headersOf(seen: Observation): { readonly [name: string]: string } | null {
  if (seen.kind === 'opened') return seen.headers;
  if (seen.kind === 'refused') return seen.answer.headers;
  return seen.kind === 'probed' ? (seen.answer?.headers ?? null) : null;
}

function clockWords(offsetMs: number | null, uncertaintyMs: number | null): string {
  if (offsetMs === null || uncertaintyMs === null) return 'no clock to compare with';
  if (Math.abs(offsetMs) <= uncertaintyMs) return `the clock of the target agrees with ours within ${uncertaintyMs} ms`;
  return `the clock of the target is ${signed(offsetMs)}, ±${uncertaintyMs} ms`;
}

function signed(ms: number): string {
  return ms < 0 ? `${-ms} ms behind us` : `${ms} ms ahead of us`;
}
