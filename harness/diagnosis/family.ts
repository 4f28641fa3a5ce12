import type { Ruled } from '../judge/rule.ts';
import type { Run } from '../timeline/run.ts';
import type { Diagnosis } from './diagnosis.ts';

/** One family of causes: what it finds in a run and its rulings, or `null` where nothing of its kind is there. */
export type Family = (run: Run, ruled: readonly Ruled[]) => Diagnosis | null;
