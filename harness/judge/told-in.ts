import { markersIn } from '../timeline/request-ids.ts';
import { eachLiteral } from './each-literal.ts';
import type { SoughtIds } from './sought-ids.ts';

/** From here on, and with a digit in it, a whole string is an id and nobody's word. */
const SHORTEST_ID = 12;
const LONGEST_ID = 256;

/** What a frame's text tells of whom, however nested and however encoded. */
export type Told = {
  /** The markers of questions. */
  readonly markers: readonly string[];
  /** Whole strings that may name somebody: what stands where users are named, and whatever is too long and too odd for a word. */
  readonly ids: readonly string[];
  /** Of the ids that are sought, those within any string. */
  readonly quoted: readonly string[];
};

/** What a frame tells, in one pass over its text. */
export function toldIn(text: string, sought: SoughtIds): Told {
  const markers = new Set(markersIn(text));
  const named = new Set<string>();
  const odd = new Set<string>();
  const quoted = new Set<string>();
  eachLiteral(text, (literal, namesUser, spelling) => {
    const { length } = literal;
    if (namesUser && length > 0) named.add(literal);
    if (spelling === 'encoded') for (const marker of markersIn(literal)) markers.add(marker);
    if (length >= SHORTEST_ID && length <= LONGEST_ID && /\d/.test(literal)) odd.add(literal);
    if (spelling !== 'within') for (const id of sought.in(literal)) quoted.add(id);
  });
  return { markers: [...markers], ids: [...new Set([...named, ...odd])], quoted: [...quoted] };
}
