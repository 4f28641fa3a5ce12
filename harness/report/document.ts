import { EXIT_CODES, type Verdict } from '../diagnosis/verdict.ts';
import { measureLegs } from '../judge/legs.ts';
import { levelOf, type Ruled } from '../judge/rule.ts';
import type { Leg } from '../timeline/header.ts';
import { RUNGS, type Seen } from '../timeline/observation.ts';
import type { Happening, Run } from '../timeline/run.ts';
import { boundedDocument } from './bounded-document.ts';
import type { VerdictDocument } from './document-schema.ts';
import { passedSummary } from './passed-summary.ts';
import { comparison, tokenEntries } from './token-entries.ts';

/** What a verdict document is made of. `exitCode` differs from the outcome's own only where a flag says so. */
export type DocumentInput = {
  readonly run: Run;
  readonly verdict: Verdict;
  readonly harness: {
    readonly version: string;
    readonly node: string;
    readonly eventLoopDelayMaxMs: number | null;
    readonly stalls: number;
  };
  readonly artifacts: VerdictDocument['artifacts'];
  readonly exitCode?: number;
  /** The command that asks the same again. */
  readonly repeat?: string;
  /** What else a reader must know, after what the run itself notes. */
  readonly notes?: readonly string[];
};

/** The verdict of a run as the one document that every other report is prose of, bounded in size; durations in milliseconds, rounded to 0.001. */
export function verdictDocument(input: DocumentInput): VerdictDocument {
  const { run, verdict, harness, artifacts } = input;
  const { header } = run;
  const { diagnosis } = verdict;
  const budgets = budgetsOf(run);
  const ladder = ladderOf(run);
  const tokens = tokenEntries(run, verdict.rulings);
  const timings = timingsOf(run, budgets, harness.eventLoopDelayMaxMs);
  return boundedDocument({
    schema: 'agent-event-harness/verdict@1',
    outcome: verdict.outcome,
    exitCode: input.exitCode ?? EXIT_CODES[verdict.outcome],
    domain: diagnosis?.domain ?? null,
    cause: diagnosis?.cause ?? null,
    phase: diagnosis?.phase ?? null,
    answeredBy: diagnosis?.answeredBy ?? null,
    confidence: diagnosis?.confidence ?? null,
    rivals: diagnosis?.rivals ?? [],
    summary: diagnosis?.summary ?? passedSummary(verdict.rulings, { budgets, ladder }, verdict.flaky),
    hint: diagnosis?.hint ?? '',
    environment: header.environment,
    profile: header.profile,
    scenario: header.scenario,
    seed: header.seed,
    traceId: header.traceId,
    runId: header.runId,
    startedAt: header.startedAt,
    revision: revisionOf(run),
    target: header.target,
    ladder,
    events: eventsOf(run),
    timings,
    budgets,
    rulings: verdict.rulings.map(rulingOf),
    checklist: null,
    tokens,
    attempts: verdict.attempts,
    flaky: verdict.flaky,
    notes: [...notesOf(run), ...comparison(tokens), ...(input.notes ?? [])],
    tlsUnverified: header.tlsUnverified,
    repeat: input.repeat ?? null,
    harness: {
      version: harness.version,
      node: harness.node,
      eventLoopDelayMaxMs: harness.eventLoopDelayMaxMs,
      stalls: harness.stalls,
      testHeaders: header.testHeaders,
    },
    artifacts,
  });
}

type Budgets = VerdictDocument['budgets'];

function budgetsOf(run: Run): Budgets {
  return measureLegs(run).map(({ leg, tookMs, targetMs, maxMs, state }) => {
    return { leg, tookMs: tookMs === null ? null : rounded(tookMs), targetMs, maxMs, state };
  });
}

function timingsOf(run: Run, budgets: Budgets, loopDelayMs: number | null): VerdictDocument['timings'] {
  const took = (leg: Leg) => budgets.find((budget) => budget.leg === leg)?.tookMs ?? null;
  const lateMs = seen(run, 'stalled').reduce((most, stall) => Math.max(most, stall.lateByMs), loopDelayMs ?? -1);
  return {
    connectMs: took('connect'),
    welcomeMs: took('welcome'),
    firstEventMs: took('first-event'),
    maxGapMs: took('gap'),
    totalMs: took('total'),
    errorMs: lateMs < 0 ? null : rounded(lateMs),
  };
}

function eventsOf(run: Run): VerdictDocument['events'] {
  const { startedAtMs } = run.header;
  const entries: { readonly seq: number; readonly event: VerdictDocument['events'][number] }[] = [];
  const enter = (session: string, { at, event }: Happening, sentMs: number | null, previousMs: number | null) =>
    entries.push({
      seq: at.seq,
      event: {
        type: event.type,
        session,
        runId: event.runId,
        tool: event.tool,
        atMs: rounded(at.atMs - startedAtMs),
        sinceSendMs: sentMs === null ? null : rounded(at.atMs - sentMs),
        sincePreviousMs: previousMs === null ? null : rounded(at.atMs - previousMs),
      },
    });
  for (const user of run.users) for (const stray of user.strays) enter(user.session, stray, null, null);
  for (const turn of run.turns) {
    const sentMs = turn.sent?.atMs ?? null;
    let previousMs = sentMs;
    for (const happening of turn.happenings) {
      enter(turn.session, happening, sentMs, previousMs);
      previousMs = happening.at.atMs;
    }
  }
  return entries.sort((a, b) => a.seq - b.seq).map((entry) => entry.event);
}

/** The last look at each rung, bottom first: a rung that was waited for counts as it was found in the end. */
function ladderOf(run: Run): VerdictDocument['ladder'] {
  const last = new Map(seen(run, 'probed').map((probed) => [probed.probe === 'rung' ? probed.rung : null, probed]));
  return RUNGS.flatMap((rung) => {
    const probed = last.get(rung);
    return probed ? [{ rung, ok: probed.ok, tookMs: rounded(probed.tookMs), detail: probed.detail }] : [];
  });
}

function rulingOf({ rule, ruling }: Ruled): VerdictDocument['rulings'][number] {
  return {
    id: rule.id,
    level: levelOf(rule),
    outcome: ruling.outcome,
    statement: rule.statement,
    because: rule.because,
    violations: ruling.outcome === 'fail' ? ruling.violations : [],
    reason: ruling.outcome === 'inconclusive' || ruling.outcome === 'not-applicable' ? ruling.reason : null,
  };
}

function notesOf(run: Run): readonly string[] {
  const { testHeaders, tlsUnverified } = run.header;
  const own = [
    ...(testHeaders ? ['authentication bypassed: the test headers were on'] : []),
    ...(tlsUnverified ? ['certificates were not verified: NODE_TLS_REJECT_UNAUTHORIZED=0 was set'] : []),
  ];
  return [...new Set([...own, ...seen(run, 'noted').map((note) => `${note.topic}: ${note.text}`)])];
}

function revisionOf(run: Run): string | null {
  const told = seen(run, 'probed').flatMap(({ facts }) => (typeof facts.revision === 'string' ? [facts.revision] : []));
  return told.at(-1) ?? null;
}

function seen<K extends 'probed' | 'noted' | 'stalled'>(run: Run, kind: K): readonly Seen<K>[] {
  return run.observations.filter((observation): observation is Seen<K> => observation.kind === kind);
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
