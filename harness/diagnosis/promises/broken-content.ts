import type { Ruled } from '../../judge/rule.ts';
import type { Run } from '../../timeline/run.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { brokenPromises } from './broken-promises.ts';
import { chargesOf } from './charges.ts';

/** What is wrong with a message that came, and no lateness and no lost connection of ours can make it so. */
const CONTENT: ReadonlySet<CauseCode> = new Set([
  'target-permissive',
  'foreign-run',
  'run-failed',
  'message-invalid',
  'payload-invalid',
  'event-duplicated',
  'event-out-of-order',
]);

/** The promise that the target broke by what it did send, whatever kept the rest from coming; `null` where it broke none. */
export function brokenContent(run: Run, ruled: readonly Ruled[]): Diagnosis | null {
  return brokenPromises(
    run,
    ruled.filter(({ rule }) => CONTENT.has(chargesOf(rule.id)[0])),
  );
}
