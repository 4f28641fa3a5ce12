import type { JsonObject } from '../event.ts';

/** Whether a parsed JSON value is an object, so that its fields can be looked at; lists and `null` are not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these fields that holds a text, or a finite number as text; `null` where none does. Blank texts do not count. */
export function firstText(fields: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : null;
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (Number.isFinite(value)) return String(value);
  }
  return null;
}

/** The first of these fields that holds a text; `null` where none does. Blank texts and numbers are no words. */
export function firstWord(fields: JsonObject, names: readonly string[]): string | null {
  const values = names.map((name) => fields[name]);
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '') ?? null;
}

/** The field as an object, or `null`. */
export function objectIn(fields: JsonObject, name: string): JsonObject | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  return isObject(value) ? value : null;
}
