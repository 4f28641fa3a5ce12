import { EVENT_TYPES } from '../protocol/event.ts';
import type { Header } from '../timeline/header.ts';
import { headerLine, observationLine } from '../timeline/lines.ts';
import type { Observation } from '../timeline/observation.ts';

const TOPIC = 'excerpt';
const SHORTEST_STRING = 80;
const STRING_LIMITS = [Number.POSITIVE_INFINITY, 2000, 300, SHORTEST_STRING] as const;
/** No observation is written in fewer bytes: seq, atMs, session and kind alone take more. */
const SHORTEST_LINE = 40;

/**
 * The timeline as JSON Lines of at most `limit` bytes, fit to be judged again: first long strings inside messages shrink (distinct
 * ones stay distinct), then frames that carry none of the five events leave from the middle, then from everywhere; a note says so.
 * What decides a verdict, all that is no plain frame, goes last.
 */
export function excerpt(header: Header, observations: readonly Observation[], limit: number): string {
  const head = headerLine(header);
  const room = limit - bytesOf(head);
  for (const longest of STRING_LIMITS) {
    const lines = within(observations, longest, room);
    if (lines !== null) return head + lines.join('');
  }
  return head + fewer(observations, room).join('');
}

/** All lines, strings shrunk to `longest`; `null` as soon as they are more than `room` bytes. */
function within(observations: readonly Observation[], longest: number, room: number): readonly string[] | null {
  if (observations.length * SHORTEST_LINE > room) return null;
  const lines: string[] = [];
  let bytes = 0;
  for (const seen of observations) {
    const line = observationLine(trimmed(seen, longest));
    bytes += bytesOf(line);
    if (bytes > room) return null;
    lines.push(line);
  }
  return lines;
}

/** Whether an excerpt holds every observation, so that judging it again cannot differ. */
export function isWhole(text: string): boolean {
  return !text.trimEnd().split('\n').at(-1)?.includes(`"topic":"${TOPIC}"`);
}

const utf8 = new TextEncoder();

function bytesOf(text: string): number {
  return utf8.encode(text).length;
}

/** Keeps the lines that matter most until `room` is full, in their order, with a note of how many left. */
function fewer(observations: readonly Observation[], room: number): readonly string[] {
  const { length } = observations;
  const ranked = observations
    .map((seen, index) => ({ seen, index, weight: weight(seen) }))
    .sort((a, b) => b.weight - a.weight || edge(a.index, length) - edge(b.index, length));
  const last = observations.at(-1);
  const note = (left: number) =>
    observationLine({
      seq: (last?.seq ?? 0) + 1,
      atMs: last?.atMs ?? 0,
      session: last?.session ?? '',
      kind: 'noted',
      topic: TOPIC,
      text: `${left} of ${length} observations left out`,
    });
  let left = room - bytesOf(note(length));
  const kept: { readonly index: number; readonly line: string }[] = [];
  for (const { seen, index } of ranked) {
    if (left < SHORTEST_LINE) break;
    const line = observationLine(trimmed(seen, SHORTEST_STRING));
    const bytes = bytesOf(line);
    if (bytes > left) continue;
    left -= bytes;
    kept.push({ index, line });
  }
  const ordered = kept.sort((a, b) => a.index - b.index).map(({ line }) => line);
  return [...ordered, note(length - kept.length)];
}

function weight(seen: Observation): number {
  if (seen.kind === 'pinged' || seen.kind === 'ponged' || seen.kind === 'was-pinged') return 0;
  if (seen.kind !== 'received') return 3;
  return EVENT_TYPES.some((type) => seen.text.includes(type)) ? 2 : 1;
}

/** How far from the nearer end: the middle leaves first. */
function edge(index: number, length: number): number {
  return Math.min(index, length - 1 - index);
}

function trimmed(seen: Observation, longest: number): Observation {
  if ((seen.kind !== 'received' && seen.kind !== 'sent') || seen.text.length <= longest) return seen;
  const shorter = shorterJson(seen.text, longest);
  return shorter === null ? seen : { ...seen, text: shorter };
}

function shorterJson(json: string, longest: number): string | null {
  try {
    return JSON.stringify(
      JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? shorter(value, longest) : value)),
    );
  } catch {
    return null;
  }
}

function shorter(value: string, longest: number): string {
  if (value.length <= longest) return value;
  const half = Math.floor(longest / 2) - 12;
  return `${value.slice(0, half)}…${value.length}:${fnv(value)}…${value.slice(-half)}`;
}

/** FNV-1a in hex: tells apart what trimming would make equal. */
function fnv(value: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index += 1) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}
