import { gravest } from '../diagnosis/gravest.ts';
import { HARNESS_ERRORS, HarnessError } from '../kernel/errors.ts';
import type { NonEmpty } from '../kernel/list.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import type { Conducted } from './conduct.ts';
import type { RunFlags } from './flags.ts';

/** More runs than this share that nobody could judge, and the rate of the others says too little. */
const MOST_EXCLUDED = 0.1;
const INTERRUPTED = HARNESS_ERRORS.interrupted.exit;

/** Makes one verdict of the command: repeats the run as often as asked, then applies the flags that change what an exit code counts. */
export async function settle(one: () => Promise<Conducted>, flags: RunFlags): Promise<VerdictDocument> {
  const runs = flags.repeat ?? 1;
  let last = await one();
  let documents: NonEmpty<VerdictDocument> = [last.document];
  while (documents.length < runs && !last.interrupted) {
    if (!flags.quiet) process.stderr.write(`run ${documents.length} of ${runs}: ${last.document.outcome}\n\n`);
    try {
      last = await one();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return unfinished(documents, runs, error);
    }
    documents = [...documents, last.document];
  }
  return runs === 1 ? last.document : together(documents, flags.minPassRate ?? 1);
}

/** What stops us in the middle never costs what earlier runs found, nor makes a pass of too few. */
async function unfinished(
  documents: NonEmpty<VerdictDocument>,
  runs: number,
  error: HarnessError,
): Promise<VerdictDocument> {
  const { refusalDocument } = await import('../report/refusal-document.ts');
  const [{ environment, scenario, harness }] = documents;
  const refused = refusalDocument({ code: error.code, problems: [error], harness, environment, scenario });
  const note = `run ${documents.length + 1} of ${runs} was not made, nor any after it: ${error.message}`;
  const worst = gravest([...documents, refused]);
  return { ...worst, notes: [...worst.notes, note] };
}

/**
 * The verdict over repeated runs. Runs that nobody could judge are outside the rate, and shown; too many of them leave it
 * unproven. Another user's event is never outvoted.
 */
export function together(documents: NonEmpty<VerdictDocument>, minPassRate: number): VerdictDocument {
  const count = (outcome: VerdictDocument['outcome']): number =>
    documents.filter((one) => one.outcome === outcome).length;
  const [passed, failed, excluded] = [count('passed'), count('failed'), count('blocked') + count('unproven')];
  const worst = gravest(documents);
  const best = documents.find((one) => one.outcome === 'passed');
  const kept =
    best !== undefined &&
    documents.every((one) => one.exitCode !== INTERRUPTED) &&
    worst.cause !== 'cross-user' &&
    (minPassRate < 1 || excluded + failed === 0) &&
    passed / (passed + failed) >= minPassRate &&
    excluded / documents.length <= MOST_EXCLUDED;
  const tally = `${passed} of ${passed + failed} judged runs passed${excluded === 0 ? '' : `; ${excluded} could not be judged and are not counted`}; asked for ${Math.round(minPassRate * 1000) / 10} %`;
  const shown = kept ? best : worst;
  const interrupted = documents.some((one) => one.exitCode === INTERRUPTED);
  return {
    ...shown,
    ...(interrupted ? { exitCode: INTERRUPTED } : {}),
    flaky: documents.some((one) => one.flaky),
    attempts: Math.max(...documents.map((one) => one.attempts)),
    notes: [...shown.notes, tally],
  };
}

/** What the flags make of one run's document, before it is printed or written: whoever reads a file reads what the exit code says. */
export async function settledRun(conducted: Conducted, flags: RunFlags): Promise<VerdictDocument> {
  if (!flags.failOnFlaky) return neutralised(conducted.document, flags);
  const { flakyDocument } = await import('./flaky-document.ts');
  return neutralised(flakyDocument(conducted), flags);
}

/** `--on-blocked neutral`: the outcome stays, the exit code is 0, and the notes say so. */
function neutralised(document: VerdictDocument, flags: RunFlags): VerdictDocument {
  if (flags.onBlocked !== 'neutral' || document.outcome !== 'blocked') return document;
  const note = 'NOTHING WAS PROVEN: the platform blocked this run, and --on-blocked neutral made its exit code 0';
  return { ...document, exitCode: 0, notes: [...document.notes, note] };
}
