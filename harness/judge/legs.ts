import { LEGS, type Leg } from '../timeline/header.ts';
import type { Run } from '../timeline/run.ts';
import { type Pace, paceOf } from './pace.ts';
import { samplesOf } from './samples.ts';

/** Beside its budget, the worst of a leg over all users and turns. `unmeasured`: never seen, or our own lateness spoilt it. */
export type MeasuredLeg = {
  readonly leg: Leg;
  readonly tookMs: number | null;
  readonly targetMs: number;
  readonly maxMs: number;
  readonly state: 'within' | 'slow' | 'over' | 'unmeasured';
};

type Known = Exclude<Pace['state'], 'unknown'>;

const GRAVITY: readonly Known[] = ['within', 'slow', 'spoilt', 'over'];

/** Every leg with its worst measurement, in the order of `LEGS`. */
export function measureLegs(run: Run): readonly MeasuredLeg[] {
  return LEGS.map((leg) => {
    const budget = run.header.budgets[leg];
    let worst: { readonly gravity: number; readonly tookMs: number; readonly state: Known } | null = null;
    for (const sample of samplesOf(run, leg)) {
      const { state } = paceOf(run, sample, budget);
      if (state === 'unknown') continue;
      const gravity = GRAVITY.indexOf(state);
      const isWorse = !worst || gravity > worst.gravity || (gravity === worst.gravity && sample.tookMs > worst.tookMs);
      if (isWorse) worst = { gravity, tookMs: sample.tookMs, state };
    }
    if (!worst) return { leg, tookMs: null, ...budget, state: 'unmeasured' };
    return { leg, tookMs: worst.tookMs, ...budget, state: worst.state === 'spoilt' ? 'unmeasured' : worst.state };
  });
}
