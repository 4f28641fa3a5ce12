/** From this length on, with a letter and a digit in one of its parts, a text is an id and nobody's word. */
const SHORTEST = 12;
/** A shorter one needs two numbers besides, as `run_5_1`: regions, models and quarters have one. */
const SHORTEST_NUMBERED = 7;
const SHORTEST_PART = 5;
const SEPARATOR = /[-_.:|/@]/;
const NUMBER = /^\d+$/;
const PART = /[\w-]+/g;
const DATE = /^\d{4}-\d\d-\d\d/;
/** For each code of ASCII whether it is a letter, a digit, `_` or `-`. */
const OF_WORDS = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\w-]/.test(String.fromCharCode(code))));
const EDGE = /^[-_]+|[-_]+$/g;

const NONE: readonly string[] = [];

type Part = { readonly text: string; readonly before: number };
/** Where in an id the part lies by which it is found. */
type Shape = { readonly before: number; readonly length: number };

/** Whether an id in the middle of a sentence can be nothing else: long, of letters and digits, and no date. */
export function isDistinctive(id: string): boolean {
  return partOf(id) !== null;
}

/** Ids that are looked for in free text, however many: at the cost of one pass over the text. */
export class SoughtIds {
  readonly #ids = new Set<string>();
  readonly #shapes = new Map<string, Shape[]>();
  readonly #digit = /\d/g;
  readonly #outside = /[^\w-]/g;

  constructor(ids: Iterable<string>) {
    for (const id of ids) this.#seek(id);
  }

  /** Those that this text has as a word of its own, in order. */
  in(text: string): readonly string[] {
    let found: Set<string> | null = null;
    this.#digit.lastIndex = 0;
    while (this.#digit.test(text)) {
      let start = this.#digit.lastIndex - 1;
      this.#outside.lastIndex = start + 1;
      let end = this.#outside.test(text) ? this.#outside.lastIndex - 1 : text.length;
      this.#digit.lastIndex = end;
      while (isOfWord(text, start - 1)) start -= 1;
      while (isEdge(text, start)) start += 1;
      while (isEdge(text, end - 1)) end -= 1;
      if (end - start < SHORTEST_PART) continue;
      for (const shape of this.#shapes.get(text.slice(start, end)) ?? []) {
        const id = this.#at(text, { start, end }, shape);
        if (id !== null) found = (found ?? new Set<string>()).add(id);
      }
    }
    return found === null ? NONE : [...found];
  }

  #seek(id: string): void {
    const part = partOf(id);
    if (part === null || this.#ids.has(id)) return;
    this.#ids.add(id);
    const shape = { before: part.before, length: id.length };
    const shapes = this.#shapes.get(part.text) ?? [];
    if (shapes.some(({ before, length }) => before === shape.before && length === shape.length)) return;
    this.#shapes.set(part.text, [...shapes, shape]);
  }

  #at(text: string, word: { readonly start: number; readonly end: number }, { before, length }: Shape): string | null {
    const first = word.start - before;
    const past = first + length;
    if (before > 0 && isOfWord(text, first - 1)) return null;
    if (past > word.end && isOfWord(text, past)) return null;
    const id = text.slice(first, past);
    return this.#ids.has(id) ? id : null;
  }
}

/** The longest part of an id with a letter and a digit, its edges apart; `null` for an id that may be a word, a number or a date. */
function partOf(id: string): Part | null {
  if (id.length < SHORTEST_NUMBERED || DATE.test(id)) return null;
  const numbers = id.split(SEPARATOR).filter((one) => NUMBER.test(one));
  if (id.length < SHORTEST && numbers.length < 2) return null;
  let longest: Part | null = null;
  for (const { 0: part, index } of id.matchAll(PART)) {
    const text = part.replaceAll(EDGE, '');
    const isOdd = text.length >= SHORTEST_PART && /\d/.test(text) && /[A-Za-z]/.test(text);
    if (isOdd && text.length > (longest?.text.length ?? 0)) longest = { text, before: index + part.indexOf(text) };
  }
  return longest;
}

function isOfWord(text: string, at: number): boolean {
  return OF_WORDS[text.charCodeAt(at)] === 1;
}

function isEdge(text: string, at: number): boolean {
  const letter = text[at];
  return letter === '_' || letter === '-';
}
