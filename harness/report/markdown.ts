import type { Header } from '../timeline/header.ts';
import type { Observation } from '../timeline/observation.ts';
import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';
import { eventLines } from './event-lines.ts';
import { excerpt, isWhole } from './excerpt.ts';
import { logQuery } from './log-query.ts';
import { printable } from './printable.ts';
import { shortened } from './shortened.ts';
import { tokenCells } from './token-lines.ts';
import { verdictSentence } from './verdict-sentence.ts';

const MARK = { passed: '✅', failed: '❌', blocked: '🚧', unproven: '❔' } as const;

/** An issue body holds 65,536 characters; a step summary stays under 1 MiB. What fits neither whole is cut to the second. */
const ISSUE_EXCERPT = 48_000;
const SUMMARY_EXCERPT = 800_000;
const ROWS_SHOWN = 40;

/**
 * The verdict as GitHub-flavoured markdown, under 1 MiB, good as step summary and (a usual run) as issue body: what was seen never turns into markup
 * or a mention, and its timeline excerpt can be judged again.
 */
export function summaryMarkdown(
  document: VerdictDocument,
  header: Header,
  observations: readonly Observation[],
): string {
  const blocks = [
    `## ${MARK[document.outcome]} ${prose(verdictSentence(document))}`,
    document.hint === '' ? '' : `**Next:** ${prose(document.hint)}`,
    facts(document),
    fenced(
      eventLines(document)
        .map((line) => printable(line).replaceAll('`', 'ʼ'))
        .join('\n'),
    ),
    table(
      '| token | | where | said |',
      tokenCells(document).map((cells) => `| ${cells.map(prose).join(' | ')} |`),
    ),
    broken(document),
    budgets(document),
    ladder(document),
    table(
      '| checklist | | because |',
      (document.checklist ?? []).map(({ item, state, because }) => `| ${prose(item)} | ${state} | ${prose(because)} |`),
    ),
    list(document.notes),
    excerptBlock(wholeExcerpt(header, observations)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function facts(document: VerdictDocument): string {
  const rows: readonly (readonly [string, string | null])[] = [
    [
      'cause',
      document.cause === null
        ? null
        : `${code(document.cause)} (${document.confidence}), phase ${document.phase}, answered by ${document.answeredBy}`,
    ],
    ...document.rivals.map((rival) => ['or else', `${code(rival.cause)}: ${prose(rival.check)}`] as const),
    [
      'target',
      document.target.wsUrl === null ? null : `${code(document.environment ?? '')} ${code(document.target.wsUrl)}`,
    ],
    ['revision', document.revision === null ? null : code(document.revision)],
    ['started', document.startedAt === null ? null : prose(document.startedAt)],
    ['trace', document.traceId === null ? null : code(document.traceId)],
    ['log', document.outcome === 'passed' ? null : codeOrNull(logQuery(document))],
    ['repeat', codeOrNull(document.repeat)],
  ];
  const told = rows.flatMap(([name, text]) => (text === null ? [] : [`| ${name} | ${text} |`]));
  return told.length === 0 ? '' : ['| | |', '|---|---|', ...told].join('\n');
}

function broken(document: VerdictDocument): string {
  const rows = document.rulings.flatMap((ruling) =>
    ruling.violations.map((it) => `| ${code(ruling.id)} | ${prose(it.expected)} | ${prose(it.actual)} |`),
  );
  return table('| broken | expected | actual |', rows);
}

function budgets(document: VerdictDocument): string {
  const rows = document.budgets.flatMap(({ leg, tookMs, targetMs, maxMs, state }) =>
    tookMs === null
      ? []
      : [`| ${leg} | ${durationText(tookMs)} | ${durationText(targetMs)} | ${durationText(maxMs)} | ${state} |`],
  );
  return table('| leg | took | target | max | |', rows);
}

function ladder(document: VerdictDocument): string {
  const rows = document.ladder.map(
    ({ rung, ok, tookMs, detail }) =>
      `| ${rung} | ${ok ? 'ok' : '**broken**'} | ${durationText(tookMs)} | ${prose(detail)} |`,
  );
  return table('| rung | | took | |', rows);
}

function table(head: string, rows: readonly string[]): string {
  if (rows.length === 0) return '';
  const line = head.replaceAll(/[^|]+/g, '---');
  const left = rows.length - ROWS_SHOWN;
  return [head, line, ...rows.slice(0, ROWS_SHOWN), ...(left > 0 ? [`| and ${left} more |`] : [])].join('\n');
}

function list(items: readonly string[]): string {
  const left = items.length - ROWS_SHOWN;
  return [
    ...items.slice(0, ROWS_SHOWN).map((item) => `- ${prose(item)}`),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ].join('\n');
}

function wholeExcerpt(header: Header, observations: readonly Observation[]): string {
  const small = excerpt(header, observations, ISSUE_EXCERPT);
  return isWhole(small) ? small : excerpt(header, observations, SUMMARY_EXCERPT);
}

function excerptBlock(lines: string): string {
  const summary = '<summary>timeline: paste it into <code>agent-events judge -</code></summary>';
  return `<details>${summary}\n\n${fenced(lines.trimEnd(), 'jsonl')}\n\n</details>`;
}

function fenced(text: string, language = 'text'): string {
  return text === '' ? '' : `\`\`\`${language}\n${text}\n\`\`\``;
}

const PROSE_LIMIT = 600;

/** Foreign text as prose: no markup, no mention, no issue reference, one line, at most 600 characters. */
function prose(text: string): string {
  return printable(shortened(text, PROSE_LIMIT))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*[\]#|~]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replaceAll('@', '@\u2060');
}

/** Foreign text as a code span: nothing in it is markup, pipes included. */
function code(text: string): string {
  return text === ''
    ? ''
    : `\`${printable(shortened(text, PROSE_LIMIT)).replaceAll('`', 'ʼ').replaceAll('|', '\\|')}\``;
}

function codeOrNull(text: string | null): string | null {
  return text === null ? null : code(text);
}
