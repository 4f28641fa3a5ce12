import { parseArgs } from 'node:util';
import { FAULTY } from '../fixtures/faulty-targets.ts';
import { BEHAVIOURS } from '../fixtures/impatient-behaviours.ts';
import { forget, type Stop, stoppedRun } from '../fixtures/stopped-run.ts';
import { inParallel } from './self-suspicion/in-parallel.ts';
import { MOMENTS, PROGRESS } from './self-suspicion/moments.ts';

/** A target that was later than this itself may have given up on a harness that was not late: such a run is repeated. */
const TARGET_LATE_MS = 200;
const TRIES = 4;

type Job = Stop & { readonly name: string; readonly allowed: (outcome: string, cause: string | null) => boolean };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stop: { type: 'string', default: '200,600,1500,3000,6000' },
    only: { type: 'string', default: '' },
    at: { type: 'string', default: '' },
    jobs: { type: 'string', default: '4' },
    every: { type: 'string', default: '1' },
  },
});
const [sweep = 'healthy'] = positionals;
const isWanted = (name: string, part: string): boolean => new RegExp(part).test(name);

/** Whoever is healthy is never blamed, whatever becomes of us. */
const blamesNobody = (outcome: string): boolean => outcome === 'passed' || outcome === 'unproven';

function jobsOf(stopMs: number): readonly Job[] {
  if (sweep === 'embedded')
    return PROGRESS.map((moment) => ({ name: 'embedded', target: null, moment, stopMs, allowed: blamesNobody }));
  if (sweep === 'blocked')
    return (['busy', 'wait'] as const).flatMap((blocks) =>
      Object.entries(BEHAVIOURS)
        .filter(([name]) => isWanted(name, values.only))
        .flatMap(([name, target]) =>
          PROGRESS.filter((moment) => moment.startsWith('progress')).map((moment) => ({
            name: `${name}, ${blocks}`,
            target,
            moment,
            stopMs,
            blocks,
            allowed: blamesNobody,
          })),
        ),
    );
  if (sweep === 'faulty')
    return Object.entries(FAULTY)
      .filter(([name]) => isWanted(name, values.only))
      .flatMap(([name, { target, cause }]) =>
        MOMENTS.map((moment) => {
          // Nobody passes who is at fault, and whoever is blamed is blamed for what he did.
          const allowed = (outcome: string, found: string | null): boolean =>
            outcome === 'unproven' || (outcome !== 'passed' && found === cause);
          return { name, target, moment, stopMs, allowed };
        }),
      );
  return Object.entries(BEHAVIOURS)
    .filter(([name]) => isWanted(name, values.only))
    .flatMap(([name, target]) => MOMENTS.map((moment) => ({ name, target, moment, stopMs, allowed: blamesNobody })));
}

const jobs = values.stop
  .split(',')
  .flatMap((ms) => jobsOf(Number(ms)))
  .filter(({ moment }) => isWanted(moment, values.at))
  .filter((_job, at) => at % Number(values.every) === 0);
let repeated = 0;
let wrong = 0;
const startedMs = performance.now();
const results = await inParallel(
  jobs.map((job) => async () => {
    for (let tried = 1; ; tried += 1) {
      const stopped = await stoppedRun(job);
      const isLate = stopped.targetLateMs > TARGET_LATE_MS;
      if (isLate && tried < TRIES) {
        repeated += 1;
        forget(stopped);
        continue;
      }
      const outcome = stopped.document?.outcome ?? 'no document';
      const cause = stopped.document?.cause ?? null;
      const isRight = isLate || job.allowed(outcome, cause);
      if (isRight) forget(stopped);
      else {
        wrong += 1;
        const said = stopped.document?.summary ?? stopped.stderr.slice(-300);
        console.log(
          `WRONG ${job.name}, ${job.stopMs} ms at ${job.moment}: ${outcome} ${cause}: ${said} (${stopped.folder})`,
        );
      }
      const verdict = isLate ? 'target late itself' : `${outcome}${cause === null ? '' : ` ${cause}`}`;
      return `${verdict}${stopped.wasStopped ? '' : ' (not stopped)'}`;
    }
  }),
  Number(values.jobs),
);
console.log(
  `${sweep}: ${results.length} runs in ${Math.round((performance.now() - startedMs) / 1000)} s, ${repeated} repeated, ${wrong} wrong`,
);
for (const verdict of [...new Set(results)].sort())
  console.log(`${results.filter((one) => one === verdict).length}\t${verdict}`);
process.exitCode = wrong === 0 ? 0 : 1;
