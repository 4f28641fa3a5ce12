import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { brokenPromises } from './broken-promises.ts';
import { fakedRun } from './faked-run.ts';
import type { Part } from './part-of.ts';

/** What the trouble of another connection may have done to this one. */
const EXPLICABLE: ReadonlySet<CauseCode> = new Set(['event-late', 'connection-slow', 'half-open']);

/** The promise that was broken to a user without trouble, and that no trouble of another user explains; `null` where there is none. */
export function brokenApart({ run, ruled }: Part): Diagnosis | null {
  const found = fakedRun(run, ruled) ?? brokenPromises(run, ruled);
  return found === null || EXPLICABLE.has(found.cause) ? null : found;
}
