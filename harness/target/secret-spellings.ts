import { FEWEST_READABLE } from './readable.ts';

/** A secret as it can be written, and which stretch of the secret a run of that writing is about. */
export type Spelling = { readonly text: string; readonly source: (run: string, from: number) => string };

/** The writings of which any run gives part of a secret away: plain, backwards, and base64 wherever in a longer text it begins. */
export function spellings(secret: string): readonly Spelling[] {
  const itself = (run: string): string => run;
  const backwards = [...secret].reverse().join('');
  return [{ text: secret, source: itself }, { text: backwards, source: itself }, ...inBase64(secret)];
}

/** At each of the three places in a group of bytes at which it can begin, without the characters that its neighbours decide. */
function inBase64(secret: string): readonly Spelling[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map((offset) => {
    const dropped = offset === 0 ? 0 : offset + 1;
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    const source = (_: string, from: number): string => {
      const first = Math.floor(((from + dropped) * 3) / 4) - offset - 1;
      const begin = Math.max(0, Math.min(first, bytes.length - FEWEST_READABLE));
      return bytes.toString('latin1', begin, begin + FEWEST_READABLE);
    };
    return { text: whole.slice(dropped), source };
  });
}
