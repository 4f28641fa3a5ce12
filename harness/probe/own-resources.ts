import { readdir, readFile } from 'node:fs/promises';
import { isExhaustion } from '../kernel/exhaustion.ts';
import type { Rig } from '../session/rig.ts';
import { troubleOf } from '../target/trouble.ts';
import type { Facts, Trouble } from '../timeline/observation.ts';

/** Fewer free descriptors than a look-up and a connection take, and neither can be had. */
const SPARE = 4;
/** How long the loop is timed: the lateness of one timer. */
const TIMED_MS = 20;

/**
 * After a failure: has this machine what a connection takes? Open descriptors and their limit where the system tells
 * (`facts` are `null` where it does not), how late our loop is now and was at worst. `facts.exhausted` tells.
 */
export async function ownResources(rig: Rig, session: string, procfs = '/proc/self'): Promise<void> {
  const startedMs = rig.clock.nowMs();
  const { descriptors, limit, trouble } = await descriptorsIn(procfs);
  const full = descriptors !== null && limit !== null && descriptors + SPARE > limit;
  const exhausted = full || isExhaustion(trouble);
  const loopDelayMs = await latenessNow(rig);
  const stalls = rig.recorder.observations.flatMap((seen) => (seen.kind === 'stalled' ? [seen.lateByMs] : []));
  const worstStallMs = stalls.reduce((worst, lateByMs) => Math.max(worst, lateByMs), 0);
  const facts: Facts = { descriptors, limit, exhausted, loopDelayMs, worstStallMs };
  const files =
    descriptors === null
      ? exhausted
        ? 'no descriptor is left'
        : 'descriptors unknown'
      : `${descriptors} of ${limit ?? 'unknown'} descriptors`;
  rig.recorder.note(session, {
    kind: 'probed',
    rung: 'configuration',
    probe: 'own-resources',
    ok: !exhausted,
    tookMs: rig.clock.nowMs() - startedMs,
    answer: null,
    trouble: exhausted ? trouble : null,
    facts,
    detail: `${files}; the loop is ${Math.round(loopDelayMs)} ms late, ${Math.round(worstStallMs)} ms at worst`,
  });
}

type Descriptors = {
  readonly descriptors: number | null;
  readonly limit: number | null;
  readonly trouble: Trouble | null;
};

async function descriptorsIn(procfs: string): Promise<Descriptors> {
  try {
    // One of them is the folder's own.
    const descriptors = (await readdir(`${procfs}/fd`)).length - 1;
    const limits = await readFile(`${procfs}/limits`, 'utf8');
    const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return { descriptors, limit: soft === undefined ? null : Number(soft), trouble: null };
  } catch (error) {
    return { descriptors: null, limit: null, trouble: troubleOf(error, 'configuration') };
  }
}

function latenessNow({ clock }: Rig): Promise<number> {
  const startedMs = clock.nowMs();
  return new Promise((resolve) => {
    clock.after(TIMED_MS, () => resolve(Math.max(0, clock.nowMs() - startedMs - TIMED_MS)));
  });
}
