import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';
import { eventLines } from './event-lines.ts';
import { logQuery } from './log-query.ts';
import { tokenLines } from './token-lines.ts';

/** One row of the verdict block: a label, then text that may wrap (below itself), or stay whole to be copied. */
export type Row = { readonly label: string; readonly text: string; readonly wraps: boolean; readonly hang: number };

const VIOLATIONS_SHOWN = 5;
const TOKEN_HANG = 27;
const CHECKED = { kept: 'kept     ', broken: 'BROKEN   ', 'not visible from outside': 'unseen   ' } as const;

/** Everything below the verdict's sentence, in reading order: why, what was seen, what broke, what to do, where it is kept. */
export function terminalRows(document: VerdictDocument): readonly Row[] {
  const { artifacts, target } = document;
  return [
    ...(document.cause === null ? [] : [row('cause', causeText(document))]),
    ...document.rivals.map((rival, index) => row(index === 0 ? 'or else' : '', `${rival.cause}: ${rival.check}`)),
    ...(document.outcome === 'passed' || document.ladder.length === 0 ? [] : [row('ladder', ladderText(document))]),
    ...eventLines(document).map((text, index) => whole(index === 0 ? 'events' : '', text)),
    ...tokenLines(document).map((text, index) => row(index === 0 ? 'tokens' : '', text, TOKEN_HANG)),
    ...document.budgets.flatMap(budgetRows),
    ...document.rulings.flatMap(brokenRows),
    ...unjudgedRows(document),
    ...(document.checklist ?? []).map(({ item, state, because }, index) =>
      row(index === 0 ? 'checklist' : '', `${CHECKED[state]} ${item}: ${because}`, 10),
    ),
    ...document.notes.map((note) => row('note', note)),
    ...(document.flaky ? [row('flaky', `passed only at attempt ${document.attempts}`)] : []),
    ...(document.harness.stalls === 0 ? [] : [row('stalls', stallsText(document))]),
    ...(document.hint === '' ? [] : [row('next', document.hint)]),
    ...optional('target', target.wsUrl === null ? null : `${document.environment ?? ''} ${target.wsUrl}`.trim()),
    ...optional('revision', document.revision),
    ...optional('trace', document.traceId),
    ...optional('', document.outcome === 'passed' ? null : logQuery(document)),
    ...optional('repeat', document.repeat),
    ...optional('timeline', artifacts.timeline),
    ...optional('html', artifacts.html),
    ...optional('junit', artifacts.junit),
  ];
}

function row(label: string, text: string, hang = 0): Row {
  return { label, text, wraps: true, hang };
}

function whole(label: string, text: string): Row {
  return { label, text, wraps: false, hang: 0 };
}

function optional(label: string, text: string | null): readonly Row[] {
  return text === null ? [] : [whole(label, text)];
}

function causeText({ cause, confidence, phase, answeredBy }: VerdictDocument): string {
  return `${cause} (${confidence}), in phase ${phase}, answered by ${answeredBy}`;
}

/** Rungs in order, neighbours in the same state together: `dns, tcp ok; upgrade broken`. */
function ladderText({ ladder }: VerdictDocument): string {
  const runs: { readonly ok: boolean; readonly rungs: string[] }[] = [];
  for (const { rung, ok } of ladder) {
    const last = runs.at(-1);
    if (last?.ok === ok) last.rungs.push(rung);
    else runs.push({ ok, rungs: [rung] });
  }
  return runs.map(({ ok, rungs }) => `${rungs.join(', ')} ${ok ? 'ok' : 'broken'}`).join('; ');
}

function stallsText({ harness, timings }: VerdictDocument): string {
  const worst = timings.errorMs === null ? '' : `, ${durationText(timings.errorMs)} at worst`;
  return `this process was late ${harness.stalls === 1 ? 'once' : `${harness.stalls} times`}${worst}`;
}

function budgetRows(budget: VerdictDocument['budgets'][number]): readonly Row[] {
  if (budget.tookMs === null || (budget.state !== 'slow' && budget.state !== 'over')) return [];
  const limits = `target ${durationText(budget.targetMs)}, max ${durationText(budget.maxMs)}`;
  return [row(budget.state, `${budget.leg} took ${durationText(budget.tookMs)} (${limits})`)];
}

function brokenRows(ruling: VerdictDocument['rulings'][number]): readonly Row[] {
  const shown = ruling.violations.slice(0, VIOLATIONS_SHOWN);
  const left = ruling.violations.length - shown.length;
  if (shown.length === 0) return [];
  return [
    row('broken', `${ruling.id}: ${ruling.statement}`),
    ...shown.flatMap((violation) => [
      row('', `  expected  ${violation.expected}`, 12),
      row('', `  actual    ${violation.actual}`, 12),
    ]),
    ...(left === 0 ? [] : [row('', `  and ${left} more`)]),
  ];
}

/** What could not be judged is the reason of an `unproven`; elsewhere the diagnosis has said why. */
function unjudgedRows({ outcome, rulings }: VerdictDocument): readonly Row[] {
  if (outcome !== 'unproven' && outcome !== 'passed') return [];
  const open = rulings.filter((ruling) => ruling.outcome === 'inconclusive');
  return open.map((ruling) => row('unjudged', `${ruling.id}: ${ruling.reason ?? 'no reason given'}`));
}
