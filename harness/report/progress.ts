import { meaningsOf } from '../timeline/meanings.ts';
import type { Observation } from '../timeline/observation.ts';
import { durationText } from './duration-text.ts';
import { newsOf } from './news.ts';
import { printable } from './printable.ts';
import type { ProgressContext } from './progress-context.ts';

/** The line for what was just seen, aligned, without colour; `null` for what a reader need not see. Several events in one frame share one string, line by line. */
export function progressLine(seen: Observation, context: ProgressContext): string | null {
  context.follow(seen);
  const user = context.roleOf(seen.session) === 'user';
  const whose = user && context.crowded ? printable(seen.session) : '';
  const line = (what: string, how: string, tookMs: number | string | null, more = '') => {
    const time = tookMs === null ? '' : typeof tookMs === 'string' ? tookMs : durationText(tookMs);
    const tail = [whose, more].filter((part) => part !== '').join('  ');
    return `${what.padEnd(19)}${how.padEnd(12)}${time.padStart(8)}${tail === '' ? '' : `   ${tail}`}`.trimEnd();
  };

  switch (seen.kind) {
    case 'probed': {
      if (seen.probe !== 'rung' && seen.ok && !context.troubled) return null;
      const what = seen.probe === 'rung' ? seen.rung : `  ${seen.probe}`;
      return line(what, seen.ok ? 'ok' : 'broken', seen.tookMs, printable(seen.detail));
    }
    case 'dialled':
      return user && seen.attempt > 1 ? line('connect', 'again', null, `attempt ${seen.attempt}`) : null;
    case 'opened':
      return user ? line('connect', 'ok', seen.tookMs) : null;
    case 'refused':
      return user ? line('connect', 'refused', seen.tookMs, `HTTP ${seen.answer.status}`) : null;
    case 'failed':
      return user ? line(seen.phase, 'broken', seen.tookMs, printable(`${seen.code} ${seen.message}`)) : null;
    case 'received': {
      if (!user) return null;
      const sinceMs = context.sinceAskedMs(seen);
      const time = sinceMs === null ? null : `+${durationText(sinceMs)}`;
      const lines = meaningsOf(seen, context.profile).flatMap((meaning) => {
        const news = newsOf(meaning);
        return news === null ? [] : [line(news.what, news.how, time, printable(news.more))];
      });
      return lines.length === 0 ? null : lines.join('\n');
    }
    case 'frame-broken':
      return line('frame', 'broken', null, printable(`${seen.code} ${seen.message}`));
    case 'closed':
      if (!user || context.leaves(seen.session)) return null;
      return line('connection', 'closed', null, printable(`${seen.code} (${seen.how}) ${seen.reason}`.trimEnd()));
    case 'stalled':
      return line('this process', 'stalled', seen.lateByMs, seen.frozen ? 'frozen' : '');
    case 'gave-up':
      return line(printable(seen.waitingFor), 'not seen', seen.afterMs);
    case 'faulted':
      return line('fault', 'injected', null, `${printable(seen.fault)} towards the ${seen.towards}`);
    case 'noted':
      return line('note', '', null, printable(`${seen.topic}: ${seen.text}`));
    default:
      return null;
  }
}
