import { type AgentEvent, DELIVERY_FIELDS, type JsonObject } from '../protocol/event.ts';
import type { Happening } from '../timeline/run.ts';
import { isPlaceholder } from './placeholder.ts';

/** An event that came again. `declared`: it says of itself that it is a retry or recovered. */
export type Repeat = { readonly again: Happening; readonly first: Happening; readonly declared: boolean };

/** The events of a list that came for the first time, and those that came again; both in order. */
export type Sorted = { readonly firsts: readonly Happening[]; readonly repeats: readonly Repeat[] };

const sorted = new WeakMap<readonly Happening[], Sorted>();

/**
 * Tells first arrivals from repeats: the same type and event id, else the same type, ids and body, under another event id too where
 * the call or a fine stamp shows that one event was sent twice; and what says that it is a retry
 * or recovered repeats an earlier event of the same run, agent and call, or where it names no call of the same content, however it
 * was stamped anew.
 */
export function sortedByRepeat(happenings: readonly Happening[]): Sorted {
  const known = sorted.get(happenings);
  if (known) return known;
  const exact = new Map<string, Happening>();
  const lasting = new Map<string, Happening>();
  const firsts: Happening[] = [];
  const repeats: Repeat[] = [];
  for (const again of happenings) {
    const { event } = again;
    const declared = event.retried || event.recovered;
    const keys = exactKeys(event);
    const first = firstOf(keys, exact) ?? (declared ? firstOf(lastingKeys(event), lasting) : undefined);
    if (first) repeats.push({ again, first, declared });
    else {
      firsts.push(again);
      for (const key of keys) exact.set(key, again);
      for (const key of lastingKeys(event)) lasting.set(key, again);
    }
  }
  const result = { firsts, repeats };
  sorted.set(happenings, result);
  return result;
}

/** What an event is known again by; nothing for a body without an event id that is nested too deep to be written: it is like no other. */
function exactKeys(event: AgentEvent): readonly string[] {
  const { type, eventId, requestId, userId } = event;
  const isNumbered = eventId !== null && !isPlaceholder(eventId);
  const body = !isNumbered || happensOnce(event) ? canonical(event.body) : null;
  return [
    ...(isNumbered ? [`event ${type} ${eventId}`] : []),
    ...(body === null ? [] : [`${placeOf(event)} ${requestId} ${userId} ${body}`]),
  ];
}

/** Whether no other event can say the same: a call begins and ends once, and two events are not made in one millisecond. */
function happensOnce({ callId, stamp }: AgentEvent): boolean {
  return callId !== null || (stamp !== null && stamp.resolutionMs <= 1);
}

/** What stays the same however often an event is sent; nothing where its content cannot be written. */
function lastingKeys(event: AgentEvent): readonly string[] {
  if (event.callId !== null) return [placeOf(event)];
  const content = canonical(
    Object.fromEntries(Object.entries(event.body).filter(([name]) => !DELIVERY_FIELDS.has(name))),
  );
  return content === null ? [] : [`${placeOf(event)} ${content}`];
}

function firstOf(keys: readonly string[], known: ReadonlyMap<string, Happening>): Happening | undefined {
  return keys.map((key) => known.get(key)).find((found) => found !== undefined);
}

function placeOf({ type, agent, tool, callId, runId, threadId }: AgentEvent): string {
  return JSON.stringify([type, agent, tool, callId, runId, threadId]);
}

/** The same text for the same value, whatever the order of its fields. */
function canonical(value: object): string | null {
  try {
    return JSON.stringify(value, (_, inner: unknown) => (isRecord(inner) ? inOrderOfNames(inner) : inner));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrderOfNames(value: JsonObject): JsonObject {
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
