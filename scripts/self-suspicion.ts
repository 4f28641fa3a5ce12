import { parseArgs } from 'node:util';
import { forget, stoppedRun } from '../fixtures/stopped-run.ts';
import { inParallel } from './self-suspicion/in-parallel.ts';
import { type Job, SWEEPS } from './self-suspicion/jobs.ts';
import { canRation, rationed } from './self-suspicion/rationed.ts';

/** A target that was later than this itself may have given up on a harness that was not late: such a run is repeated. */
const TARGET_LATE_MS = 200;
const TRIES = 4;
const STACK = /\n\s+at .+:\d+:\d+\)?\n/;

const HELP = `node scripts/self-suspicion.ts [SWEEP] [flags]

Runs the real command while this machine keeps it from working, and counts the verdicts: none may blame somebody else.

  SWEEP        ${Object.keys(SWEEPS).join(', ')} (default: healthy)
  --stop MS,…  how long it is stopped (default: 200,600,1500,3000,6000)
  --only RE    only the targets whose name fits
  --at RE      only the moments that fit
  --every N    every N-th job only
  --jobs N     so many at once (default: 4)
  --help       this

Example: node scripts/self-suspicion.ts healthy --stop 3000 --every 5
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stop: { type: 'string', default: '200,600,1500,3000,6000' },
    only: { type: 'string', default: '' },
    at: { type: 'string', default: '' },
    jobs: { type: 'string', default: '4' },
    every: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [sweep = 'healthy'] = positionals;
const jobsOf = SWEEPS[sweep];
if (jobsOf === undefined) throw new Error(`no sweep ${sweep}: ${Object.keys(SWEEPS).join(', ')}`);
if (sweep === 'starved' && !canRation()) throw new Error('this machine does not let us ration the processor');

const stops = jobsOf(0)[0]?.moment === 'never' ? ['0'] : values.stop.split(',');
const jobs = stops
  .flatMap((ms) => jobsOf(Number(ms)))
  .filter(({ name, moment }) => new RegExp(values.only).test(name) && new RegExp(values.at).test(moment))
  .filter((_job, at) => at % Number(values.every) === 0);
let repeated = 0;
let wrong = 0;

async function verdictOf(job: Job): Promise<string> {
  for (let tried = 1; ; tried += 1) {
    const ration = job.share === undefined ? null : rationed(job.share);
    const stopped = await stoppedRun(ration === null ? job : { ...job, launch: ration.launch });
    ration?.end();
    const isLate = stopped.targetLateMs > TARGET_LATE_MS;
    if (isLate && tried < TRIES) {
      repeated += 1;
      forget(stopped);
      continue;
    }
    const outcome = stopped.document?.outcome ?? 'no document';
    const cause = stopped.document?.cause ?? null;
    const isRight = isLate || (job.allowed(outcome, cause) && !STACK.test(stopped.stderr));
    if (isRight) forget(stopped);
    else {
      wrong += 1;
      const said = stopped.document?.summary ?? stopped.stderr.slice(-300);
      console.log(
        `WRONG ${job.name}, ${job.stopMs} ms at ${job.moment}: ${outcome} ${cause}: ${said} (${stopped.folder})`,
      );
    }
    const verdict = isLate ? 'target late itself' : `${outcome}${cause === null ? '' : ` ${cause}`}`;
    return `${verdict}${stopped.wasStopped || job.moment === 'never' ? '' : ' (not stopped)'}`;
  }
}

const startedMs = performance.now();
const verdicts = await inParallel(
  jobs.map((job) => () => verdictOf(job)),
  Number(values.jobs),
);
const tookS = Math.round((performance.now() - startedMs) / 1000);
console.log(`${sweep}: ${verdicts.length} runs in ${tookS} s, ${repeated} repeated, ${wrong} wrong`);
for (const verdict of [...new Set(verdicts)].sort())
  console.log(`${verdicts.filter((one) => one === verdict).length}\t${verdict}`);
process.exitCode = wrong === 0 ? 0 : 1;
