import type { Secret } from '../kernel/secret.ts';
import { masked } from './masked.ts';
import { FEWEST_READABLE } from './readable.ts';
import type { Reader } from './reading.ts';
import { secretForms, secretParts, secretTexts } from './secret-forms.ts';
import { SecretRuns, type Stretch } from './secret-runs.ts';
import { spellings } from './secret-spellings.ts';
import { MASK, withoutJwts, withoutPlacedSecrets } from './token-looks.ts';
import { unbase64 } from './unbase64.ts';
import { unescaped } from './unescaped.ts';
import { unhexed } from './unhexed.ts';
import { unlisted } from './unlisted.ts';

/** Below this a value would mask ordinary words everywhere; such a secret is refused or useless anyway. */
const SHORTEST = 4;
/** And so many of a key that is made of words: fewer may be prose. */
const SHORTEST_WORDY_RUN = 20;
/** Shorter plain words are masked only where they stand alone, in the case they were given. */
const SHORT_WORD = 12;
/** What stands in place of a list of byte values that spell a secret. */
const NUMBER_MASK = '0';

/** A reader, and what to read its readings with. */
type Layer = { readonly read: Reader; readonly inner: readonly Layer[] };
const INNERMOST: readonly Layer[] = [unbase64, unhexed, unescaped, unlisted].map((read) => ({ read, inner: [] }));
const ENCODED: readonly Layer[] = [unbase64, unhexed].map((read) => ({ read, inner: INNERMOST }));
const LISTED: readonly Layer[] = [{ read: unlisted, inner: INNERMOST }];
/** Without lists: their mask is another. */
const ESCAPED: readonly Layer[] = [{ read: unescaped, inner: [...ENCODED, { read: unescaped, inner: ENCODED }] }];

/** Takes secrets out of text. */
export type Redactor = {
  /** The text with every known secret, in every form it travels in, and everything that looks like a token masked. */
  readonly redact: (text: string) => string;
  /** Adds a secret that came into being during the run. */
  readonly hide: (secret: Secret) => void;
};

/**
 * A redactor that knows these secrets by value, in whole and in parts, and tokens by their looks; linear in the text, however
 * many tokens it knows. Found as well: backwards, in base64, in hex or as a list of byte values, and each of these in another.
 * What it does not find: fewer than ten characters in a row (of a key made of words, fewer than twenty), a secret that was
 * cut up by anything but white space and what has no width, or that was enciphered, compressed or encoded otherwise.
 */
export function redactor(secrets: readonly Secret[]): Redactor {
  const values = new Set<string>();
  const runs = new SecretRuns(FEWEST_READABLE, SHORTEST_WORDY_RUN);
  let byValue: readonly RegExp[] | null = null;

  const hide = (secret: Secret): void => {
    const value = secret.reveal();
    const parts = secretParts(value);
    // Of a JWT every run tells, and its whole is made of runs: its forms, by the thousand, need no pattern.
    const isJwt = value.startsWith('eyJ') && parts.length === 3;
    for (const { text, source } of secretTexts(value).flatMap(spellings))
      runs.add(text, (run, from) => isJwt || isNoWord(source(run, from)));
    if (isJwt) return;
    for (const form of [value, ...parts].flatMap(secretForms)) if (form.length >= SHORTEST) values.add(form);
    byValue = null;
  };
  for (const secret of secrets) hide(secret);

  const patterns = (): readonly RegExp[] => {
    byValue ??= patternsOf([...values]);
    return byValue;
  };
  const known = (text: string): readonly Stretch[] => [
    ...[...patterns(), JWT_LOOKS].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: { length } }): Stretch => [index, index + length]),
    ),
    ...runs.in(text),
  ];
  /** Where a text, once decoded, holds secrets. */
  const through = (layers: readonly Layer[], text: string): readonly Stretch[] =>
    layers.flatMap(({ read, inner }) => {
      const reading = read(text);
      if (reading === null) return [];
      const found = [...known(reading.text), ...through(inner, reading.text)];
      return found.map(([from, to]) => reading.original(from, to));
    });

  const redact = (text: string): string => {
    // What an encoder spelt with escapes is masked in its own place, so that JSON stays JSON.
    let clean = masked(text, through(ESCAPED, text), MASK);
    for (const pattern of patterns()) clean = clean.replace(pattern, MASK);
    clean = withoutJwts(clean);
    // A list of numbers stays one, for the same reason.
    clean = masked(clean, through(LISTED, clean), NUMBER_MASK);
    clean = masked(clean, runs.in(clean), MASK);
    clean = masked(clean, through(ENCODED, clean), MASK);
    return withoutPlacedSecrets(clean);
  };
  return { hide, redact };
}

/** Whether ten characters of a key look like nothing that people write: digits among them, or case that changes as in base64. */
function isNoWord(run: string): boolean {
  const count = (some: RegExp): number => run.match(some)?.length ?? 0;
  const [digits, capitals, smalls] = [count(/\d/g), count(/[A-Z]/g), count(/[a-z]/g)];
  return digits >= 2 || (capitals >= 2 && smalls >= 2 && capitals + digits >= 3);
}

/** A token as it looks once its escapes are gone. */
const JWT_LOOKS = /eyJ[\w-]{8,4096}(?:\.[\w-]{1,4096}){0,2}/g;

/** Long values whatever their case; short ones as they are. */
function patternsOf(values: readonly string[]): readonly RegExp[] {
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  const any = (some: readonly string[], flags: string) =>
    some.length === 0 ? [] : [new RegExp(some.map(literal).join('|'), flags)];
  return [
    ...any(
      longestFirst.filter((value) => value.length >= SHORT_WORD),
      'gi',
    ),
    ...any(
      longestFirst.filter((value) => value.length < SHORT_WORD),
      'g',
    ),
  ];
}

/** A value as a pattern; a short plain word counts only where it stands alone, or "agent" as a password would eat `agent_started`. */
function literal(value: string): string {
  if (value.length < SHORT_WORD && /^\w+$/.test(value)) return `(?<!\\w)${value}(?!\\w)`;
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
