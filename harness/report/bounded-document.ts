import { mapTexts } from '../kernel/map-texts.ts';
import type { VerdictDocument } from './document-schema.ts';
import { shortened } from './shortened.ts';

type Violation = VerdictDocument['rulings'][number]['violations'][number];
type Events = VerdictDocument['events'];

/** What a document holds at most: characters of a text, of an id in an event, and items of a list. The timeline has it all. */
const TEXT = 2000;
const ID = 200;
const VIOLATIONS = 100;
const PLACES = 100;
const NOTES = 200;
const EVENTS = 10_000;

/** The document with every text and list cut to a size that people and pipelines can hold; each cut says so, and none changes the verdict. */
export function boundedDocument(document: VerdictDocument): VerdictDocument {
  const { events, rulings, notes, ...rest } = document;
  const kept = boundedEvents(events);
  const cut =
    kept.length === events.length
      ? []
      : [`${events.length - kept.length} of ${events.length} events are left out here; the timeline has all`];
  const left = notes.length - NOTES;
  const shown = left > 0 ? [...notes.slice(0, NOTES - 1), `and ${left + 1} more notes, left out here`] : notes;
  const texts = <T>(value: T): T => mapTexts(value, (text) => shortened(text, TEXT));
  return {
    ...texts(rest),
    events: kept.map((event) => mapTexts(event, (text) => shortened(text, ID))),
    rulings: rulings.map((ruling) => texts({ ...ruling, violations: boundedViolations(ruling.violations) })),
    notes: texts([...shown, ...cut]),
  };
}

function boundedViolations(violations: readonly Violation[]): readonly Violation[] {
  const few = violations.length <= VIOLATIONS ? violations : violations.slice(0, VIOLATIONS - 1);
  const left = violations.length - few.length;
  const shown = few.map((it) => (it.at.length <= PLACES ? it : { ...it, at: it.at.slice(0, PLACES) }));
  return left === 0 ? shown : [...shown, { expected: 'no more of these', actual: `and ${left} more`, at: [] }];
}

/** The first and the last of each type on each session, so that no type looks missing; then from the start as many as fit. */
function boundedEvents(events: Events): Events {
  if (events.length <= EVENTS) return events;
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [index, { session, type }] of events.entries()) {
    const key = `${type} ${session}`;
    if (!first.has(key)) first.set(key, index);
    last.set(key, index);
  }
  const chosen = new Set<number>();
  for (const index of [...first.values(), ...last.values()]) if (chosen.size < EVENTS) chosen.add(index);
  for (let index = 0; chosen.size < EVENTS; index += 1) chosen.add(index);
  return events.filter((_event, index) => chosen.has(index));
}
