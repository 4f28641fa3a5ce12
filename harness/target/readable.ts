import type { Decoded } from './reading.ts';
import type { Stretch } from './secret-runs.ts';

/** From so many characters in a row on, a part of a token or of a random key is masked wherever it stands; fewer are looked for nowhere. */
export const FEWEST_READABLE = 10;

/** Whether a byte may stand in a token, in a key, or around them: ASCII that is printed, blanks and line ends. */
export function isReadable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13);
}

/** What can be read of some bytes; `spelling` says where each byte of them came from. */
export function readableIn(bytes: Buffer, spelling: (at: number) => Stretch): readonly Decoded[] {
  const found: Decoded[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && isReadable(bytes[at] ?? 0)) continue;
    if (at - from >= FEWEST_READABLE) found.push(part(bytes, [from, at], spelling));
    from = at + 1;
  }
  return found;
}

function part(bytes: Buffer, [from, to]: Stretch, spelling: (at: number) => Stretch): Decoded {
  return { text: bytes.toString('latin1', from, to), spelling: (at) => spelling(from + at) };
}
