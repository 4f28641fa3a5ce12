/** The counter: all that suites and other repositories may import. */
export { CAUSES, type Cause, type CauseCode, type Domain } from './diagnosis/causes.ts';
export type { Answerer, Confidence, Diagnosis, Rival } from './diagnosis/diagnosis.ts';
export { EXIT_CODES, type Outcome, type Verdict } from './diagnosis/verdict.ts';
export { verdictOf } from './diagnosis/verdict-of.ts';
export { CATALOGUE } from './judge/catalogue.ts';
export { judge } from './judge/judge.ts';
export type { Level, Rule, Ruled, Ruling, Violation } from './judge/rule.ts';
export { type AgentEvent, EVENT_TYPES, type EventType } from './protocol/event.ts';
export { netra } from './protocol/netra/netra.ts';
export type { Meaning, Profile } from './protocol/profile.ts';
export { type VerdictDocument, verdictSchema } from './report/document-schema.ts';
export type { Budget, Budgets, Header, Leg, ToolPolicy } from './timeline/header.ts';
export type { Observation, Sighting } from './timeline/observation.ts';
export { type ReadTimeline, readTimeline } from './timeline/read-timeline.ts';
export { type Run, readRun } from './timeline/run.ts';
