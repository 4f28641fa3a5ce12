import type { Stamp } from '../event.ts';

const ISO = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?([Zz]|[+-]\d\d(?::?\d\d)?[Zz]?)?$/;
const NUMERIC = /^\d{9,16}(?:\.\d+)?$/;
const EARLIEST_S = 1e8;
const SECONDS_BELOW = 1e11;
const MILLISECONDS_BELOW = 1e14;

/**
 * A time as the known servers write it: ISO 8601 with a zone, without one (then UTC), seconds or milliseconds since the
 * epoch as a number or a numeric text. `null` for everything else. Whole seconds have a resolution of 1000 ms.
 */
export function stampOf(value: unknown): Stamp | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return NUMERIC.test(text) ? fromNumber(Number(text)) : fromIso(text);
}

function fromNumber(value: number): Stamp | null {
  if (!(value >= EARLIEST_S && value < MILLISECONDS_BELOW)) return null;
  if (value >= SECONDS_BELOW) return { atMs: value, resolutionMs: 1 };
  return { atMs: value * 1000, resolutionMs: Number.isInteger(value) ? 1000 : 1 };
}

function fromIso(text: string): Stamp | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const [, date, minutes, seconds, fraction = '', zone] = found;
  const wholeMs = Date.parse(`${date}T${minutes}:${seconds}${zoneOf(zone)}`);
  if (Number.isNaN(wholeMs)) return null;
  return { atMs: wholeMs + Number(`0.${fraction}0`) * 1000, resolutionMs: 10 ** (3 - fraction.length) };
}

/** `+0200`, `+02` and the doubled `+00:00Z` in the one form that every parser reads; without a zone it is UTC. */
function zoneOf(zone: string | undefined): string {
  const [, sign = '+', hours = '00', minutes = '00'] = zone?.match(/([+-])(\d\d):?(\d\d)?/) ?? [];
  return `${sign}${hours}:${minutes}`;
}
