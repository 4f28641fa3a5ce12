import pc from 'picocolors';
import type { VerdictDocument } from './document-schema.ts';
import { logSafe } from './log-safe.ts';
import { terminalRows } from './terminal-rows.ts';
import { verdictSentence } from './verdict-sentence.ts';
import { wrapped } from './wrapped.ts';

const INDENT = 12;
const NARROWEST = 40;

/** The verdict as text for people, at most `columns` wide but for lines to copy; colour only adds. Ends with a newline. */
export function terminalReport(
  document: VerdictDocument,
  options: { readonly color: boolean; readonly columns: number },
): string {
  const colors = pc.createColors(options.color);
  const width = Math.max(NARROWEST, options.columns);
  const tone = { passed: colors.green, failed: colors.red, blocked: colors.yellow, unproven: colors.magenta };
  const [head = '', ...more] = wrapped(logSafe(verdictSentence(document)), width);
  const lines = [colors.bold(tone[document.outcome](head)), ...more.map((line) => tone[document.outcome](line)), ''];
  for (const { label, text, wraps, hang } of terminalRows(document)) {
    const title = colors.dim(`  ${label}`.padEnd(INDENT));
    const safe = logSafe(text);
    const [first = '', ...rest] = wraps ? wrapped(safe, width - INDENT, hang) : [safe];
    lines.push(`${title}${first}`, ...rest.map((line) => ' '.repeat(INDENT) + line));
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
