import { meaningsOf } from '../timeline/meanings.ts';
import type { Observation } from '../timeline/observation.ts';
import { isTokenSession } from '../timeline/token-kinds.ts';
import { durationText } from './duration-text.ts';
import { logSafe } from './log-safe.ts';
import { newsOf } from './news.ts';
import type { ProgressContext } from './progress-context.ts';
import { shortened } from './shortened.ts';
import { tokenProgress } from './token-progress.ts';

/** A line, in characters; and lines for one frame. */
const LONGEST = 500;
const MOST = 20;

/** The line for what was just seen, aligned, without colour; `null` for what a reader need not see. Several events in one frame share one string, line by line. */
export function progressLine(seen: Observation, context: ProgressContext): string | null {
  context.follow(seen);
  const user = context.roleOf(seen.session) === 'user';
  const whose = user && context.crowded ? seen.session : '';
  const line = (what: string, how: string, tookMs: number | string | null, more = '') => {
    const time = tookMs === null ? '' : typeof tookMs === 'string' ? tookMs : durationText(tookMs);
    const tail = [whose, more].filter((part) => part !== '').join('  ');
    const text = `${what.padEnd(19)}${how.padEnd(12)}${time.padStart(8)}${tail === '' ? '' : `   ${tail}`}`;
    return shortened(logSafe(shortened(text, LONGEST)), LONGEST).trimEnd();
  };

  if (isTokenSession(seen.session)) return tokenProgress(seen, context, line);
  switch (seen.kind) {
    case 'probed': {
      if (seen.probe !== 'rung' && seen.ok && !context.troubled) return null;
      const what = seen.probe === 'rung' ? seen.rung : `  ${seen.probe}`;
      return line(what, seen.ok ? 'ok' : 'broken', seen.tookMs, seen.detail);
    }
    case 'dialled':
      return user && seen.attempt > 1 ? line('connect', 'again', null, `attempt ${seen.attempt}`) : null;
    case 'opened':
      return user ? line('connect', 'ok', seen.tookMs) : null;
    case 'refused':
      return user ? line('connect', 'refused', seen.tookMs, `HTTP ${seen.answer.status}`) : null;
    case 'failed':
      return user ? line(seen.phase, 'broken', seen.tookMs, `${seen.code} ${seen.message}`) : null;
    case 'received': {
      if (!user) return null;
      const sinceMs = context.sinceAskedMs(seen);
      const time = sinceMs === null ? null : `+${durationText(sinceMs)}`;
      const all = meaningsOf(seen, context.profile).flatMap((meaning) => newsOf(meaning) ?? []);
      if (all.length === 0) return null;
      const shown = all.slice(0, MOST).map(({ what, how, more }) => line(what, how, time, more));
      const left = all.length - shown.length;
      return [...shown, ...(left === 0 ? [] : [line('', '', null, `and ${left} more in this frame`)])].join('\n');
    }
    case 'frame-broken':
      return line('frame', 'broken', null, `${seen.code} ${seen.message}`);
    case 'closed':
      if (!user || context.leaves(seen.session)) return null;
      return line('connection', 'closed', null, `${seen.code} (${seen.how}) ${seen.reason}`.trimEnd());
    case 'stalled':
      return line('this process', 'stalled', seen.lateByMs, seen.frozen ? 'frozen' : '');
    case 'gave-up':
      return line(seen.waitingFor, 'not seen', seen.afterMs);
    case 'faulted':
      return line('fault', 'injected', null, `${seen.fault} towards the ${seen.towards}`);
    case 'noted':
      return line('note', '', null, `${seen.topic}: ${seen.text}`);
    default:
      return null;
  }
}
