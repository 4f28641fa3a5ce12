import { EVENT_TYPES } from '../protocol/event.ts';
import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';

/** One line per event of the golden path and session: delivered when, how often, or not at all; empty where nothing was asked of the rules. */
export function eventLines(document: Pick<VerdictDocument, 'events' | 'rulings'>): readonly string[] {
  const sessions = [...new Set(document.events.map((event) => event.session))];
  const judged = document.rulings.some(
    (ruling) => ruling.id === 'lifecycle/all-five' && ruling.outcome !== 'inconclusive',
  );
  if (sessions.length === 0) return judged ? EVENT_TYPES.map((type) => `${type.padEnd(19)}missing`) : [];
  return sessions.flatMap((session) => {
    const own = document.events.filter((event) => event.session === session);
    return EVENT_TYPES.map((type) => {
      const all = own.filter((event) => event.type === type);
      const whose = sessions.length > 1 ? `   ${session}` : '';
      const [first] = all;
      if (first === undefined) return `${type.padEnd(19)}missing${whose === '' ? '' : `             ${whose}`}`;
      const since = first.sinceSendMs === null ? '' : `+${durationText(first.sinceSendMs)}`;
      const times = all.length > 1 ? `   ×${all.length}` : '';
      return `${type.padEnd(19)}delivered   ${since.padStart(8)}${whose}${times}`.trimEnd();
    });
  });
}
