import { FAULTY } from '../../fixtures/faulty-targets.ts';
import { BEHAVIOURS } from '../../fixtures/impatient-behaviours.ts';
import type { Stop } from '../../fixtures/stopped-run.ts';
import { MOMENTS, PROGRESS } from './moments.ts';

/** One run of a sweep, and which verdicts it may come to. */
export type Job = Stop & {
  readonly name: string;
  readonly allowed: (outcome: string, cause: string | null) => boolean;
  /** Of one core, in percent, and the microseconds in which they are counted. */
  readonly share?: { readonly percent: number; readonly periodUs: number };
};

/** Whoever is healthy is never blamed, whatever becomes of us. */
const blamesNobody = (outcome: string): boolean => outcome === 'passed' || outcome === 'unproven';
const NEVER = { moment: 'never', stopMs: 0 } as const;

const behaving = Object.entries(BEHAVIOURS).map(([name, target]) => ({ name, target, allowed: blamesNobody }));

/** The runs of each sweep, for one length of a stop where it has one. */
export const SWEEPS: { readonly [sweep: string]: (stopMs: number) => readonly Job[] } = {
  /** A healthy target, impatient in every way; stopped at every moment. */
  healthy: (stopMs) => behaving.flatMap((job) => MOMENTS.map((moment) => ({ ...job, moment, stopMs }))),
  /** The embedded target, which stands still with us. */
  embedded: (stopMs) =>
    PROGRESS.map((moment) => ({ name: 'embedded', target: null, moment, stopMs, allowed: blamesNobody })),
  /** Nobody passes who is at fault, and whoever is blamed is blamed for what he did. */
  faulty: (stopMs) =>
    Object.entries(FAULTY).flatMap(([name, { target, cause }]) => {
      const allowed: Job['allowed'] = (outcome, found) =>
        outcome === 'unproven' || (outcome !== 'passed' && found === cause);
      return MOMENTS.map((moment) => ({ name, target, moment, stopMs, allowed }));
    }),
  /** Our own code holds the loop, computing or waiting. */
  blocked: (stopMs) =>
    (['busy', 'wait'] as const).flatMap((blocks) =>
      behaving.flatMap((job) =>
        PROGRESS.filter((moment) => moment.startsWith('progress ')).map((moment) => ({
          ...job,
          name: `${job.name}, ${blocks}`,
          moment,
          stopMs,
          blocks,
        })),
      ),
    ),
  /** A few percent of a core, in many small helpings and in few large ones. */
  starved: () =>
    [2, 5, 10, 25, 40, 60].flatMap((percent) =>
      [100_000, 1_000_000].flatMap((periodUs) =>
        behaving.map((job) => ({
          ...job,
          ...NEVER,
          name: `${job.name}, ${percent} % of ${periodUs / 1000} ms`,
          share: { percent, periodUs },
        })),
      ),
    ),
  /** From the least number of descriptors that Node starts with. */
  descriptors: () =>
    Array.from({ length: 44 }, (_, at) => at + 21).flatMap((count) =>
      (['smoke', 'doctor'] as const).flatMap((command) =>
        [{}, null].map((target) => ({
          name: `${count} descriptors, ${command}${target === null ? ', embedded' : ''}`,
          command,
          target,
          ...NEVER,
          launch: ['prlimit', `--nofile=${count}:${count}`],
          allowed: blamesNobody,
        })),
      ),
    ),
};
