import type { JsonObject } from '../event.ts';
import { isObject, objectIn } from './json.ts';

const NESTS = ['data', 'payload'] as const;

/**
 * All fields of a message on one level. Later layers win: top level, `data`, `data.payload`, `payload.data`, `payload`;
 * but a `null` never hides a value. A `data` or `payload` that is no object stays under its own name.
 */
export function merged(message: JsonObject): JsonObject {
  const all = new Map<string, unknown>();
  for (const layer of layersOf(message)) {
    for (const [name, value] of Object.entries(layer)) {
      if (NESTS.some((nest) => nest === name) && isObject(value)) continue;
      if (value !== null || !all.has(name)) all.set(name, value);
    }
  }
  return Object.fromEntries(all);
}

/** The objects that a message's fields are spread over, outermost first. */
export function layersOf(message: JsonObject): readonly JsonObject[] {
  const data = objectIn(message, 'data');
  const payload = objectIn(message, 'payload');
  const layers = [message, data, data && objectIn(data, 'payload'), payload && objectIn(payload, 'data'), payload];
  return layers.filter((layer) => layer !== null);
}
