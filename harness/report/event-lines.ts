import { EVENT_TYPES } from '../protocol/event.ts';
import type { VerdictDocument } from './document-schema.ts';
import { durationText } from './duration-text.ts';

type Events = VerdictDocument['events'];

/** The five events as the first session got them, a line each: delivered when and how often, or missing; then a line for each other session. Empty where nobody asked. */
export function eventLines(document: Pick<VerdictDocument, 'events' | 'rulings'>): readonly string[] {
  const sessions = [...new Set(document.events.map((event) => event.session))];
  const [first, ...others] = sessions;
  const of = (session: string | undefined) => document.events.filter((event) => event.session === session);
  if (first === undefined && !isJudged(document)) return [];
  const absent = isKept(document) ? 'not owed' : 'missing';
  return [
    ...EVENT_TYPES.map((type) => typeLine(type, of(first), absent, others.length > 0 ? (first ?? '') : '')),
    ...others.map((session) => sessionLine(session, of(session))),
  ];
}

/** Silence counts as five missing events only where the rule could say so. */
function isJudged({ rulings }: Pick<VerdictDocument, 'rulings'>): boolean {
  return rulings.some(({ id, outcome }) => id === 'lifecycle/all-five' && (outcome === 'pass' || outcome === 'fail'));
}

/** What did not come is missing only where it was owed: the rule knows whether the run had to use a tool. */
function isKept({ rulings }: Pick<VerdictDocument, 'rulings'>): boolean {
  return rulings.some(({ id, outcome }) => id === 'lifecycle/all-five' && outcome === 'pass');
}

function typeLine(type: string, events: Events, absent: string, session: string): string {
  const all = events.filter((event) => event.type === type);
  return line(type, all.length === 0 ? absent : 'delivered', all[0], [session, all.length > 1 ? `×${all.length}` : '']);
}

function sessionLine(session: string, events: Events): string {
  const missing = EVENT_TYPES.filter((type) => events.every((event) => event.type !== type));
  const came = missing.length === 0 ? 'all five' : `${EVENT_TYPES.length - missing.length} of five`;
  return line(session, came, events.at(-1), [missing.length === 0 ? '' : `missing: ${missing.join(', ')}`]);
}

function line(what: string, how: string, event: Events[number] | undefined, more: readonly string[]): string {
  const sinceMs = event?.sinceSendMs ?? null;
  const time = sinceMs === null ? '' : `+${durationText(sinceMs)}`;
  const tail = more.filter((part) => part !== '').map((part) => `   ${part}`);
  return `${what.padEnd(19)}${how.padEnd(12)}${time.padStart(8)}${tail.join('')}`.trimEnd();
}
