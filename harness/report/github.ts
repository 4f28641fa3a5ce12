import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';
import { logSafe } from './log-safe.ts';
import { shortened } from './shortened.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** GitHub shows ten annotations of a kind per step. */
const MOST = 9;
/** Of one line of an annotation, in characters; GitHub cuts a whole one at 4,096 bytes. */
const LONGEST = 1000;

/** Workflow commands for GitHub Actions: one rolled-up annotation first, then at most nine; empty for a pass with nothing to say. */
export function githubAnnotations(document: VerdictDocument): readonly string[] {
  const passed = document.outcome === 'passed';
  const level = passed ? 'warning' : 'error';
  const broken = document.rulings.flatMap((ruling) =>
    ruling.violations.map((it) =>
      command(ruling.level === 'MUST' ? level : 'warning', ruling.id, [
        `expected ${it.expected}`,
        `actual ${it.actual}`,
      ]),
    ),
  );
  const slow = document.budgets.flatMap(({ leg, tookMs, targetMs, state }) =>
    tookMs === null || state !== 'slow'
      ? []
      : [command('warning', `slow: ${leg}`, [`${durationText(tookMs)}, target ${durationText(targetMs)}`])],
  );
  const details = [...broken, ...slow];
  if (passed && details.length === 0 && !document.flaky) return [];
  const title = document.cause === null ? 'agent events' : `${document.domain}: ${document.cause}`;
  const lines = [
    verdictSentence(document),
    document.hint,
    document.repeat === null ? '' : `repeat: ${document.repeat}`,
  ];
  const said = lines.filter((line) => line !== '');
  return [command(level, title, said), ...details.slice(0, MOST)];
}

/** One workflow command. Each line of its message is foreign text: only the line breaks between them are ours. */
function command(level: 'error' | 'warning', title: string, lines: readonly string[]): string {
  const message = lines.map((line) => escaped(logSafe(shortened(line, LONGEST)))).join('%0A');
  const property = escaped(logSafe(shortened(title, LONGEST)))
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
  return `::${level} title=${property}::${message}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25');
}
