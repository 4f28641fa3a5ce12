import { EVENT_TYPES, type JsonObject } from '../event.ts';
import { isObject } from './json.ts';
import { layersOf, merged } from './merge.ts';
import { canonicalType, NAMES } from './names.ts';

/** One message with its wrappings off: its real type, and its fields on one level. */
export type Message = {
  readonly type: string;
  readonly fields: JsonObject;
  /** As it came, for what only the original shape tells. */
  readonly raw: JsonObject;
};

/** A message, or why there is none; the reason never quotes the text. */
export type Unwrapped = Message | { readonly unreadable: string };

const WRAPPERS = new Set(['system_message', 'agent_event', 'agent_progress', 'agent_response_complete']);
const HIDEABLE = new Set([
  'connection_established',
  'agent_error',
  'agent_failed',
  'agent_timeout_failure',
  'agent_death',
  'agent_fallback',
  'tool_error',
  'connection_error',
  'system_shutdown',
  'server_shutdown',
]);

const RANKS: ReadonlyMap<string | null, number> = new Map(EVENT_TYPES.map((type, rank) => [type, rank]));

/** The messages that one parsed frame holds: a list and an `event_batch` hold several (an empty list none), everything else one. */
export function unwrap(value: unknown): readonly Unwrapped[] {
  return Array.isArray(value) ? value.flatMap(unwrapItem) : unwrapItem(value);
}

function unwrapItem(value: unknown): readonly Unwrapped[] {
  if (!isObject(value)) return [{ unreadable: `a message is an object, this is ${kindOf(value)}` }];
  return value.type === 'event_batch' ? batched(value) : [single(value)];
}

/** The ids and the stamp of a batch hold for each of its events. */
function batched(batch: JsonObject): readonly Unwrapped[] {
  const { events, type: _, batch_id: __, batch_size: ___, ...shared } = merged(batch);
  const items = isObject(events) ? grouped(events) : Array.isArray(events) ? events : [];
  if (items.length === 0) return [{ type: 'event_batch', fields: shared, raw: batch }];
  return items.map((item) =>
    isObject(item)
      ? single({ ...shared, ...item })
      : { unreadable: `an event of a batch is an object, this is ${kindOf(item)}` },
  );
}

/** A batch groups its events by type and so loses their order across types: none but the documented one can be read out of it. */
function grouped(events: JsonObject): readonly unknown[] {
  const groups = Object.entries(events).sort(([one], [other]) => rankOf(one) - rankOf(other));
  return groups.flatMap(([type, list]) =>
    (Array.isArray(list) ? list : [list]).map((item) => (isObject(item) ? { ...item, type } : { type, payload: item })),
  );
}

function rankOf(type: string): number {
  return RANKS.get(canonicalType(type)) ?? -1;
}

function single(raw: JsonObject): Unwrapped {
  const type = typeOf(raw);
  return type === null ? { unreadable: 'a message without a type' } : { type, fields: merged(raw), raw };
}

function typeOf(raw: JsonObject): string | null {
  const outer = raw.type ?? null;
  if (outer !== null && typeof outer !== 'string') return null;
  if (outer !== null && !WRAPPERS.has(outer)) return outer === '' ? null : outer;
  const words = wordsWithin(raw);
  const hidden = words.find((word) => canonicalType(word) !== null || HIDEABLE.has(word));
  return hidden ?? outer ?? words[0] ?? null;
}

/** The words that may name a hidden event, outermost first. */
function wordsWithin(raw: JsonObject): readonly string[] {
  const words = layersOf(raw).flatMap((layer) => NAMES.discriminator.map((name) => layer[name]));
  return words.filter((word) => typeof word === 'string' && word !== '').map(String);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
