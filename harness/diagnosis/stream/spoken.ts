import type { Meaning } from '../../protocol/profile.ts';
import type { Seen } from '../../timeline/observation.ts';
import type { Frame } from '../../timeline/run.ts';

const LONGEST_QUOTE = 200;

/** The kinds of messages in which a target tells of trouble in so many words. */
export type Trouble = 'error' | 'run-failed' | 'shutdown';

/** One thing that the target said, of this kind. */
export type Spoken<K extends Trouble> = {
  readonly at: Seen<'received'>;
  readonly word: Extract<Meaning, { kind: K }>;
};

/** One thing that the target said, of any of these kinds. */
export type Saying = { readonly at: Seen<'received'>; readonly word: Extract<Meaning, { kind: Trouble }> };

/** All that these frames say of this kind, in order. */
export function spokenIn<K extends Trouble>(frames: readonly Frame[], kind: K): readonly Spoken<K>[] {
  const is = (word: Meaning): word is Extract<Meaning, { kind: K }> => word.kind === kind;
  return frames.flatMap(({ at, meanings }) => meanings.filter(is).map((word) => ({ at, word })));
}

/** The words in quotation marks, behind their code; a message may carry a whole traceback, and its beginning is what a sentence needs. */
export function quoteOf({ word }: Saying): string {
  const code = word.kind === 'error' && word.code !== null && word.code !== word.message ? `${word.code}: ` : '';
  const { message } = word;
  return `"${code}${message.length <= LONGEST_QUOTE ? message : `${message.slice(0, LONGEST_QUOTE)}…`}"`;
}
