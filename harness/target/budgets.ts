import type { Budget, Budgets } from '../timeline/header.ts';

const LOCAL = {
  credentials: seconds(0.25, 1),
  connect: seconds(0.25, 0.5),
  welcome: seconds(0.25, 1),
  'first-event': seconds(1, 2),
  gap: seconds(2, 5),
  tool: seconds(5, 10),
  total: seconds(5, 10),
  delivery: seconds(0.1, 2),
  'open-to-first-event': seconds(1.5, 4),
} as const satisfies Budgets;

/** Targets from existing suites; maxima leave room for the one recorded live run (first event 7.7, gap 64, total 92 s). */
const STAGING = {
  credentials: seconds(2, 10),
  connect: seconds(3, 15),
  welcome: seconds(2, 10),
  'first-event': seconds(5, 15),
  gap: seconds(15, 90),
  tool: seconds(30, 60),
  total: seconds(60, 300),
  delivery: seconds(0.5, 2),
  'open-to-first-event': seconds(10, 40),
} as const satisfies Budgets;

/** While instances start: the cold-start ceiling is 30 s. */
const STAGING_COLD = {
  credentials: seconds(5, 30),
  connect: seconds(10, 30),
  welcome: seconds(10, 30),
  'first-event': seconds(15, 30),
  gap: seconds(30, 90),
  tool: seconds(30, 60),
  total: seconds(120, 300),
  delivery: seconds(0.5, 2),
  'open-to-first-event': seconds(30, 90),
} as const satisfies Budgets;

/** The default budgets by environment; `-cold` is for a target that is just starting. */
export const BUDGETS = {
  local: LOCAL,
  staging: STAGING,
  'staging-cold': STAGING_COLD,
  production: STAGING,
} as const satisfies { readonly [environment: string]: Budgets };

function seconds(target: number, max: number): Budget {
  return { targetMs: target * 1000, maxMs: max * 1000 };
}
