import { OWN_CODES, type Trouble } from './observation.ts';

const OWN: ReadonlySet<string> = new Set(Object.values(OWN_CODES));

/** A trouble in words for people: its message, with the code of the system where that is not in it; a code of our own says nothing more. */
export function troubleWords({ code, message }: Pick<Trouble, 'code' | 'message'>): string {
  if (OWN.has(code)) return message === '' ? 'no answer' : message;
  if (message === '') return code;
  return message.includes(code) ? message : `${message} (${code})`;
}
