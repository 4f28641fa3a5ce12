/** Fields with one user's id, and those that may hold a list of them. */
const SCALARS: ReadonlySet<string> = new Set(['user_id', 'userid', 'userId']);
const LISTS: ReadonlySet<string> = new Set([
  ...['user_id', 'userid', 'userId', 'users'],
  ...['user_ids', 'userids', 'userIds'],
]);
/** What a string may end or go on with, and the quotes that may end it after a backslash. */
const SPECIAL = /["\\]/g;
const CANDIDATE = /[^\\]"|\\\\"/g;
/** JSON in a string in JSON: deeper than this nobody wraps it. */
const DEEPEST = 3;

/** How a string stands in its frame: letter for letter, with escapes, or letter for letter within another string that was taken. */
export type Spelling = 'plain' | 'encoded' | 'within';
/** Takes one string of a frame: as it reads, and whether it stands where users are named. */
export type TakeLiteral = (literal: string, namesUser: boolean, spelling: Spelling) => void;

/**
 * Every string in a frame's text, names of fields included, with its escapes resolved; a string that is itself a JSON body is
 * gone through too. One pass over the text, valid JSON or not; a text that is no JSON body at all is one string.
 */
export function eachLiteral(text: string, take: TakeLiteral, depth = 0): void {
  if (!isBody(text)) take(text, false, 'plain');
  let isStrict = true;
  let before = '';
  let ended = 0;
  let isListed = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', ended)) {
    const first = nextOf(SPECIAL, text, at + 1);
    const hasEscape = text[first] === '\\';
    const end = hasEscape ? closingQuote(text, first) : first;
    const raw = text.slice(at + 1, end === -1 ? text.length : end);
    const strict = hasEscape && isStrict ? parsed(raw) : null;
    if (hasEscape && strict === null) isStrict = false;
    const literal = hasEscape ? (strict ?? resolved(raw)) : raw;

    const isAfterUsers = LISTS.has(before);
    const between = text.slice(ended, at);
    isListed = isAfterUsers ? /^\s*:\s*\[[^\]]*$/.test(between) : isListed && !between.includes(']');
    const namesUser = isListed || (SCALARS.has(before) && between.trim() === ':');

    take(literal, namesUser, hasEscape ? 'encoded' : depth > 0 ? 'within' : 'plain');
    if (hasEscape && depth < DEEPEST && isWholeBody(literal)) eachLiteral(literal, take, depth + 1);
    if (end === -1) return;
    before = literal;
    ended = end + 1;
  }
}

function isBody(text: string): boolean {
  return /^\s*["[{]/.test(text);
}

function isWholeBody(text: string): boolean {
  return isBody(text) && /["\]}]$/.test(text.slice(-64).trimEnd());
}

/** A quote ends a string unless an odd number of backslashes stands before it; `-1` where none does. */
function closingQuote(text: string, from: number): number {
  for (let end = nextOf(CANDIDATE, text, from); end !== -1; end = nextOf(CANDIDATE, text, end)) {
    let first = end;
    while (text[first - 1] === '\\') first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return -1;
}

/** Where the next match ends. A pattern looks only when asked: `indexOf` is pure to the compiler, which then looks too often. */
function nextOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex - 1 : -1;
}

function parsed(raw: string): string | null {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return null;
  }
}

/** What no reader of JSON takes is resolved as far as it goes. */
function resolved(raw: string): string {
  return raw.replaceAll(/\\(?:u([\da-f]{4})|(.))/gis, (_, hex: string | undefined, other: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return /[bfnrt]/.test(other) ? ' ' : other;
  });
}
