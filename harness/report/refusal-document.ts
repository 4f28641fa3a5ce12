import type { CauseCode } from '../diagnosis/causes.ts';
import { HARNESS_ERRORS, type HarnessErrorCode } from '../kernel/errors.ts';
import { boundedDocument } from './bounded-document.ts';
import type { VerdictDocument } from './document-schema.ts';

/** Why no run took place: one problem as the harness states it. Never contains a secret's value. */
export type Refusal = { readonly message: string; readonly hint: string };

/** What is known when a command ends before any run: the code decides exit code and cause, the rest may be unknown. */
export type RefusalInput = {
  readonly code: HarnessErrorCode;
  /** All problems together; the first one is the summary's beginning. */
  readonly problems: readonly [Refusal, ...Refusal[]];
  readonly harness: { readonly version: string; readonly node: string };
  readonly environment?: string | null;
  readonly scenario?: string | null;
  readonly target?: VerdictDocument['target'];
  readonly exitCode?: number;
};

const CAUSE_OF = {
  usage: 'config-invalid',
  'config-invalid': 'config-invalid',
  'secret-missing': 'secret-missing',
  'harness-crashed': 'harness-crashed',
  'client-exhausted': 'client-exhausted',
  'nothing-judged': 'nothing-judged',
  interrupted: 'nothing-judged',
} as const satisfies { readonly [C in HarnessErrorCode]: CauseCode };

/** The verdict document of a command that ended before a run could be judged: `unproven`, ours, with nothing observed. */
export function refusalDocument(input: RefusalInput): VerdictDocument {
  const hints = [...new Set(input.problems.map((problem) => problem.hint).filter((hint) => hint !== ''))];
  return boundedDocument({
    schema: 'agent-event-harness/verdict@1',
    outcome: 'unproven',
    exitCode: input.exitCode ?? HARNESS_ERRORS[input.code].exit,
    domain: 'harness',
    cause: CAUSE_OF[input.code],
    phase: 'configuration',
    answeredBy: 'client',
    confidence: 'certain',
    rivals: [],
    summary: input.problems.map((problem) => problem.message).join('; '),
    hint: hints.join('; '),
    environment: input.environment ?? null,
    profile: null,
    scenario: input.scenario ?? null,
    seed: null,
    traceId: null,
    runId: null,
    startedAt: null,
    revision: null,
    target: input.target ?? { wsUrl: null, httpUrl: null, authUrl: null },
    ladder: [],
    events: [],
    timings: { connectMs: null, welcomeMs: null, firstEventMs: null, maxGapMs: null, totalMs: null, errorMs: null },
    budgets: [],
    rulings: [],
    checklist: null,
    tokens: null,
    attempts: 0,
    flaky: false,
    notes: [],
    tlsUnverified: false,
    repeat: null,
    harness: { ...input.harness, eventLoopDelayMaxMs: null, stalls: 0, testHeaders: false },
    artifacts: { timeline: null, html: null, junit: null },
  });
}
