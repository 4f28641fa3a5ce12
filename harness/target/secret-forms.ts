const SHORTEST_LINE = 16;
const SHORTEST_PART = 8;
const SHORTEST_OFFSET = 12;
const DOTTED = /^[\w-]+(?:\.[\w-]+)+$/;

/** The spellings in which a value travels: plain, JSON, URL, hex, and base64 wherever in a longer text it begins. */
export function secretForms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = bytes.toString('base64');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll('%20', '+'),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
    encodeURIComponent(base64),
    ...(bytes.length < SHORTEST_OFFSET ? [] : [bytes.toString('hex'), ...offsetForms(bytes)]),
  ];
}

/** The dot parts of a token, or the lines of a key, also where its line ends are written as `\n` or blanks: whichever is long enough to be nobody's word. */
export function secretParts(value: string): readonly string[] {
  if (DOTTED.test(value)) return value.split('.').filter((part) => part.length >= SHORTEST_PART);
  if (!/[\r\n]|\\n|-----/.test(value)) return [];
  return value.split(/(?:[\r\n]|\\r|\\n|-----[^-]*-----|\s)+/).filter((line) => line.length >= SHORTEST_LINE);
}

/** The texts of a secret of which every run counts: the whole of it and its dot parts, or the lines of a key. */
export function secretTexts(value: string): readonly string[] {
  // The members of a key that is written as JSON are secrets of their own; the rest of it is not.
  if (value.startsWith('{')) return [];
  const parts = secretParts(value);
  return parts.length === 0 || DOTTED.test(value) ? [value, ...parts] : parts;
}

/** Base64 of a text in which the value begins at the second or third byte of a group; what depends on its neighbours is left out. */
function offsetForms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const isWhole = (offset + bytes.length) % 3 === 0;
    const inner = whole.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, isWhole ? undefined : -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
