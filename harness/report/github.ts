import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** GitHub shows ten annotations of a kind per step. */
const MOST = 9;

/** Workflow commands for GitHub Actions: one rolled-up annotation first, then at most nine; empty for a pass with nothing to say. */
export function githubAnnotations(document: VerdictDocument): readonly string[] {
  const passed = document.outcome === 'passed';
  const level = passed ? 'warning' : 'error';
  const broken = document.rulings.flatMap((ruling) =>
    ruling.violations.map((it) =>
      command(ruling.level === 'MUST' ? level : 'warning', ruling.id, `expected ${it.expected}\nactual ${it.actual}`),
    ),
  );
  const slow = document.budgets.flatMap(({ leg, tookMs, targetMs, state }) =>
    tookMs === null || state !== 'slow'
      ? []
      : [command('warning', `slow: ${leg}`, `${durationText(tookMs)}, target ${durationText(targetMs)}`)],
  );
  const details = [...broken, ...slow];
  if (passed && details.length === 0 && !document.flaky) return [];
  const title = document.cause === null ? 'agent events' : `${document.domain}: ${document.cause}`;
  const lines = [
    verdictSentence(document),
    document.hint,
    document.repeat === null ? '' : `repeat: ${document.repeat}`,
  ];
  const rolledUp = command(level, title, lines.filter((line) => line !== '').join('\n'));
  return [rolledUp, ...details.slice(0, MOST)];
}

function command(level: 'error' | 'warning', title: string, message: string): string {
  return `::${level} title=${escapedProperty(title)}::${escapedMessage(message)}`;
}

function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
