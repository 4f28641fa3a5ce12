import { z } from 'zod';
import { CAUSES, type CauseCode } from '../diagnosis/causes.ts';
import { LEGS } from '../timeline/header.ts';
import { PHASES, RUNGS } from '../timeline/observation.ts';
import { TOKEN_KINDS } from '../timeline/token-kinds.ts';

/** Fields are only ever added within `@1`, and the schema shipped beside it names them all. */
const VERDICT_SCHEMA = 'agent-event-harness/verdict@1';

const ms = z.number();
const answerer = z.enum(['none', 'client', 'network', 'edge', 'platform', 'server', 'app']);
const cause = z.enum(Object.keys(CAUSES) as [CauseCode, ...CauseCode[]]);

const rung = z.strictObject({ rung: z.enum(RUNGS), ok: z.boolean(), tookMs: ms, detail: z.string() });

const event = z.strictObject({
  type: z.string(),
  session: z.string(),
  runId: z.string().nullable(),
  tool: z.string().nullable(),
  atMs: ms.describe('since the start of the run'),
  sinceSendMs: ms.nullable().describe('null for an event that no question caused'),
  sincePreviousMs: ms
    .nullable()
    .describe('since the previous event of the same question, for the first since its sending'),
});

const timings = z.strictObject({
  connectMs: ms.nullable(),
  welcomeMs: ms.nullable(),
  firstEventMs: ms.nullable(),
  maxGapMs: ms.nullable(),
  totalMs: ms.nullable(),
  errorMs: ms.nullable().describe("this run's own measurement error: how late this process was at most"),
});

const budget = z.strictObject({
  leg: z.enum(LEGS),
  tookMs: ms.nullable(),
  targetMs: ms,
  maxMs: ms,
  state: z.enum(['within', 'slow', 'over', 'unmeasured']),
});

const violation = z.strictObject({
  expected: z.string(),
  actual: z.string(),
  at: z.array(z.int()).describe('the observations that show it, by seq'),
});

const ruling = z.strictObject({
  id: z.string(),
  level: z.enum(['MUST', 'SHOULD']),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']),
  statement: z.string(),
  because: z.string(),
  violations: z.array(violation).describe('empty unless the outcome is fail'),
  reason: z.string().nullable().describe('why it is inconclusive or not applicable'),
});

const token = z.strictObject({
  kind: z.enum(TOKEN_KINDS),
  rule: z.string().describe('the rule that judges it'),
  outcome: z.enum(['refused', 'let-in', 'unproven', 'not-asked']),
  where: z.enum(['upgrade', 'open', 'welcomed']).nullable().describe('how far it had come when it was refused'),
  status: z.int().nullable().describe('of the answer to the upgrade'),
  closeCode: z.int().nullable(),
  reason: z.string().nullable().describe('of the close frame'),
  answeredBy: answerer.nullable(),
  message: z.string().nullable().describe('what the target said of it'),
  as: z.string().nullable().describe('whom the welcome of a token that was let in names'),
  because: z.string().nullable().describe('why nothing is proven, why it was not asked, or how late it was refused'),
});

const checked = z.strictObject({
  item: z.string(),
  state: z.enum(['kept', 'broken', 'not visible from outside']),
  because: z.string(),
});

/** The verdict as one JSON document, strict; `schemas/verdict.schema.json` is generated from it. */
export const verdictSchema = z.strictObject({
  schema: z.literal(VERDICT_SCHEMA),
  outcome: z.enum(['passed', 'failed', 'blocked', 'unproven']),
  exitCode: z.int().min(0).max(255),
  domain: z.enum(['infrastructure', 'application', 'harness']).nullable(),
  cause: cause.nullable(),
  phase: z.enum(PHASES).nullable(),
  answeredBy: answerer.nullable(),
  confidence: z.enum(['certain', 'likely', 'ambiguous']).nullable(),
  rivals: z.array(z.strictObject({ cause: z.string(), check: z.string() })),
  summary: z.string(),
  hint: z.string(),
  environment: z.string().nullable(),
  profile: z.string().nullable(),
  scenario: z.string().nullable(),
  seed: z.number().nullable(),
  traceId: z.string().nullable(),
  runId: z.string().nullable(),
  startedAt: z.string().nullable().describe('wall clock, ISO 8601'),
  revision: z.string().nullable().describe('what the target says of its own build'),
  target: z.strictObject({
    wsUrl: z.string().nullable(),
    httpUrl: z.string().nullable(),
    authUrl: z.string().nullable(),
  }),
  ladder: z.array(rung),
  events: z.array(event),
  timings,
  budgets: z.array(budget),
  rulings: z.array(ruling),
  checklist: z.array(checked).nullable().describe('the platform checklists, where --checklist asked for them'),
  tokens: z.array(token).nullable().describe('every token that had to be refused, where the run tried any'),
  attempts: z.int().min(0),
  flaky: z.boolean(),
  notes: z
    .array(z.string())
    .describe('what a reader must know that no rule reads: what was not asked, what was bypassed'),
  tlsUnverified: z.boolean(),
  repeat: z.string().nullable().describe('the command that asks the same again'),
  harness: z.strictObject({
    version: z.string(),
    node: z.string(),
    eventLoopDelayMaxMs: ms.nullable(),
    stalls: z.int().min(0),
    testHeaders: z.boolean(),
  }),
  artifacts: z.strictObject({
    timeline: z.string().nullable(),
    html: z.string().nullable(),
    junit: z.string().nullable(),
  }),
});

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** One verdict with all that it rests on, as `--json` prints it and `verdict.json` stores it. */
export type VerdictDocument = DeepReadonly<z.infer<typeof verdictSchema>>;
