import { shown } from './trouble.ts';

const LONGEST = 80;

/** A value that cannot be used, in quotes; where it might hold credentials or a token, only that it does. */
export function quoted(text: string): string {
  const mayHide = /[@?#]/.test(text) || text.length > LONGEST;
  return mayHide ? 'what was given (not shown: it may hold a secret)' : `"${shown(text)}"`;
}
