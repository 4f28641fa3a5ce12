/** What stands in place of a secret. */
export const MASK = '[secret]';

/** Where a secret begins and ends in a text. */
type Extent = { readonly from: number; readonly to: number };

/**
 * How tokens that nobody told us of are recognised: a head of bounded length, then characters up to the first that cannot
 * belong. Never one pattern for both: on a run of some megabytes a repeated class overflows the engine's stack.
 */
type Look = {
  /** Whether the text can hold it at all; what is asked first. */
  readonly possible: RegExp;
  readonly head: RegExp;
  /** The secret behind a head that ends at `after`, or `null` where there is none. */
  readonly secret: (text: string, head: { readonly at: number; readonly after: number }) => Extent | null;
};

const BEYOND_JWT = /[^\w-]/g;
const BEYOND_HEX = /[^0-9a-f]/gi;
const BEYOND_BASE64 = /[^\w+/-]/g;
const BEYOND_BEARER = /[^\w.~+/=-]/g;
const BEYOND_QUERY = /[&;\s"'<>\\#]/g;
const BEYOND_FIELD = /["\\]/g;
const BEYOND_SPACE = /\S/g;

/** A JWT or the beginning of one, plain (`{"` is `eyJ`) or in base64 once more (`eyJ` is `ZXlK`). */
const JWT: Look = {
  possible: /eyJ|ZXlK/,
  head: /eyJ|ZXlK/g,
  secret(text, { at, after }) {
    const isPlain = after - at === 3;
    let to = end(text, after, isPlain ? BEYOND_JWT : BEYOND_BASE64);
    if (to - after < (isPlain ? 8 : 12)) return null;
    if (isPlain) for (let dots = 0; dots < 4 && text[to] === '.'; dots += 1) to = end(text, to + 1, BEYOND_JWT);
    else for (let padding = 0; padding < 2 && text[to] === '='; padding += 1) to += 1;
    return { from: at, to };
  },
};

/** A JWT written as hex bytes. */
const HEX_JWT: Look = {
  possible: /65794a/i,
  head: /65794a/gi,
  secret(text, { at, after }) {
    const to = end(text, after, BEYOND_HEX);
    return to - after < 32 ? null : { from: at, to };
  },
};

/** What its place gives away: a header, a query, a field of JSON. */
const PLACES: readonly Look[] = [
  {
    // Something after `Bearer` that is a token and not a word: it holds a digit, or is long.
    possible: /bearer/i,
    head: /\bbearer(?:\s|%20)/gi,
    secret(text, { after }) {
      const from = /\s/.test(text[after - 1] ?? '') ? end(text, after, BEYOND_SPACE) : after;
      const to = end(text, from, BEYOND_BEARER);
      const isToken = to - from >= 24 || (to - from >= 8 && /\d/.test(text.slice(from, to)));
      return isToken ? { from, to } : null;
    },
  },
  {
    possible: /=/,
    head: /[?&;](?:token|jwt|auth_token|access_token|refresh_token|id_token|ticket|auth_ticket|ticket_id|key|api_key)=/gi,
    secret: (text, { after }) => filled(after, end(text, after, BEYOND_QUERY)),
  },
  {
    possible: /token|password|secret/i,
    head: /"(?:access_token|refresh_token|id_token|session_token|new_token|auth_token|password|client_secret)\\?"/gi,
    secret(text, { after }) {
      const colon = end(text, after, BEYOND_SPACE);
      if (text[colon] !== ':') return null;
      const value = end(text, colon + 1, BEYOND_SPACE);
      const quote = text[value] === '\\' ? value + 1 : value;
      return text[quote] === '"' ? filled(quote + 1, end(text, quote + 1, BEYOND_FIELD)) : null;
    },
  },
];

/** The text with every JWT masked, known or not, whole or cut. Total and linear, whatever the text is. */
export function withoutJwts(text: string): string {
  return masked(masked(text, JWT), HEX_JWT);
}

/** The text with what stands where tokens and passwords stand masked. Total and linear, whatever the text is. */
export function withoutPlacedSecrets(text: string): string {
  return PLACES.reduce(masked, text);
}

function masked(text: string, { possible, head, secret }: Look): string {
  if (!possible.test(text)) return text;
  const pieces: string[] = [];
  let kept = 0;
  head.lastIndex = 0;
  for (let found = head.exec(text); found !== null; found = head.exec(text)) {
    const extent = secret(text, { at: found.index, after: head.lastIndex });
    if (extent === null) {
      head.lastIndex = found.index + 1;
      continue;
    }
    pieces.push(text.slice(kept, extent.from), MASK);
    kept = extent.to;
    head.lastIndex = kept;
  }
  return kept === 0 ? text : `${pieces.join('')}${text.slice(kept)}`;
}

/** Where the first character beyond a run stands that begins at `from`. */
function end(text: string, from: number, beyond: RegExp): number {
  beyond.lastIndex = from;
  return beyond.test(text) ? beyond.lastIndex - 1 : text.length;
}

function filled(from: number, to: number): Extent | null {
  return to > from ? { from, to } : null;
}
