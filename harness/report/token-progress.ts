import type { Observation } from '../timeline/observation.ts';
import { NOT_ASKED } from '../timeline/token-kinds.ts';
import type { ProgressContext } from './progress-context.ts';

/** How a line is laid out: what, how it went, when, and what else there is to say. */
type Line = (what: string, how: string, tookMs: number | null, more?: string) => string;

/** The line for what just became of a token that must be refused; `null` for what a reader need not see. */
export function tokenProgress(seen: Observation, context: ProgressContext, line: Line): string | null {
  const kind = seen.session.slice(seen.session.indexOf(':') + 1);
  switch (seen.kind) {
    case 'refused':
      return line(kind, 'answered', seen.tookMs, `HTTP ${seen.answer.status}`);
    case 'failed':
      return line(kind, 'broken', seen.tookMs, `${seen.code} ${seen.message}`);
    case 'gave-up':
      return line(kind, 'no answer', seen.afterMs);
    case 'closing':
      return line(kind, 'not closed', null, 'by the target; we leave');
    case 'closed':
      return context.leaves(seen.session) ? null : line(kind, 'closed', null, `${seen.code} ${seen.reason}`.trimEnd());
    case 'noted':
      return seen.topic === NOT_ASKED ? line(kind, 'not asked', null) : line('note', '', null, seen.text);
    default:
      return null;
  }
}
