const BACKSLASH = 0x5c;
const [N, R, T] = [0x6e, 0x72, 0x74];

/** Text within text doubles its backslashes: so many at most. */
const MOST_BACKSLASHES = 8;

/** How many characters at a place in a text are passed over: more than one where a line end or tab is written as an escape. */
export function passedOver(text: string, at: number, code: number): number {
  if (code !== BACKSLASH) return isPassedOver(code) ? 1 : 0;
  let end = at + 1;
  while (end - at < MOST_BACKSLASHES && text.charCodeAt(end) === BACKSLASH) end += 1;
  const escaped = text.charCodeAt(end);
  return escaped === N || escaped === R || escaped === T ? end + 1 - at : 0;
}

/** Whether a character is a gap or has no width: neither breaks a secret up. */
function isPassedOver(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || code === 0;
  if (code < 0x2000) return code === 0xa0 || code === 0xad || code === 0x34f || code === 0x61c || code === 0x180e;
  if (code < 0x2070) return code <= 0x200f || (code >= 0x2028 && code <= 0x202f) || code >= 0x205f;
  return code === 0x3000 || (code >= 0xfe00 && code <= 0xfe0f) || code === 0xfeff;
}
