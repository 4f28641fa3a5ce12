import type { JsonObject } from '../event.ts';
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
]);

/** The messages that one parsed frame holds: a list and an `event_batch` hold several, everything else one. */
export function unwrap(value: unknown): readonly Unwrapped[] {
  if (!Array.isArray(value)) return unwrapItem(value);
  if (value.length === 0) return [{ unreadable: 'an empty list holds no message' }];
  return value.flatMap(unwrapItem);
}

function unwrapItem(value: unknown): readonly Unwrapped[] {
  if (!isObject(value)) return [{ unreadable: `a message is an object, this is ${kindOf(value)}` }];
  return value.type === 'event_batch' ? batched(value) : [single(value)];
}

/** A batch groups its events by type, so their order across types is lost; its ids and its stamp hold for each of them. */
function batched(batch: JsonObject): readonly Unwrapped[] {
  const { events, type: _, ...shared } = merged(batch);
  const items = isObject(events) ? grouped(events) : Array.isArray(events) ? events : [];
  if (items.length === 0) return [{ type: 'event_batch', fields: shared, raw: batch }];
  return items.map((item) =>
    isObject(item)
      ? single({ ...shared, ...item })
      : { unreadable: `an event of a batch is an object, this is ${kindOf(item)}` },
  );
}

function grouped(events: JsonObject): readonly unknown[] {
  return Object.entries(events).flatMap(([type, list]) =>
    (Array.isArray(list) ? list : [list]).map((item) => (isObject(item) ? { ...item, type } : { type, payload: item })),
  );
}

function single(raw: JsonObject): Unwrapped {
  const type = typeOf(raw);
  return type === null ? { unreadable: 'a message without a type' } : { type, fields: merged(raw), raw };
}

function typeOf(raw: JsonObject): string | null {
  const outer = raw.type;
  if (typeof outer === 'string' && !WRAPPERS.has(outer)) return outer === '' ? null : outer;
  const within = layersOf(raw).flatMap((layer) =>
    NAMES.discriminator.filter((name) => layer !== raw || name !== 'type').map((name) => layer[name]),
  );
  const words = within.filter((word) => typeof word === 'string');
  const hidden = words.find((word) => canonicalType(word) !== null || HIDEABLE.has(word));
  if (hidden !== undefined) return hidden;
  return typeof outer === 'string' ? outer : outer === undefined ? (words.find((word) => word !== '') ?? null) : null;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
