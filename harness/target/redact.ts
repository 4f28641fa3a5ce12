import type { Secret } from '../kernel/secret.ts';
import { secretForms, secretParts } from './secret-forms.ts';
import { SecretRuns, type Stretch } from './secret-runs.ts';
import { MASK, withoutJwts, withoutPlacedSecrets } from './token-looks.ts';
import { unescaped } from './unescaped.ts';

/** Below this a value would mask ordinary words everywhere; such a secret is refused or useless anyway. */
const SHORTEST = 4;
/** From so many characters in a row on, a part of a token or of a random key is masked wherever it stands. */
const SHORTEST_RUN = 10;
/** And so many of a key that is made of words: fewer may be prose. */
const SHORTEST_WORDY_RUN = 20;
/** Shorter plain words are masked only where they stand alone, in the case they were given. */
const SHORT_WORD = 12;

/** Takes secrets out of text. */
export type Redactor = {
  /** The text with every known secret, in every form it travels in, and everything that looks like a token masked. */
  readonly redact: (text: string) => string;
  /** Adds a secret that came into being during the run. */
  readonly hide: (secret: Secret) => void;
};

/**
 * A redactor that knows these secrets by value, in whole and in parts, and tokens by their looks; linear in the text, however
 * many tokens it knows. What it does not find: fewer than ten characters in a row (of a key made of words, fewer than twenty),
 * a part that was reversed, cut up by anything but white space, or taken from the middle of the secret's hex.
 */
export function redactor(secrets: readonly Secret[]): Redactor {
  const values = new Set<string>();
  const runs = new SecretRuns(SHORTEST_RUN);
  const wordyRuns = new SecretRuns(SHORTEST_WORDY_RUN);
  let byValue: readonly RegExp[] | null = null;

  const hide = (secret: Secret): void => {
    const value = secret.reveal();
    const parts = secretParts(value);
    // A JWT's whole, its base64 and its hex are caught by their looks: only its runs need remembering, and by the thousand.
    if (value.startsWith('eyJ') && parts.length === 3) {
      for (const part of parts) runs.add(part);
      runs.add(Buffer.from(value, 'utf8').toString('base64url'));
      return;
    }
    for (const form of [value, ...parts].flatMap(secretForms)) if (form.length >= SHORTEST) values.add(form);
    byValue = null;
    // The members of a key that is written as JSON are secrets of their own; the rest of it is not.
    for (const text of value.startsWith('{') ? [] : parts.length > 0 ? parts : [value]) {
      runs.add(text, isNoWord);
      wordyRuns.add(text);
    }
  };
  for (const secret of secrets) hide(secret);

  const valuePatterns = (): readonly RegExp[] => {
    byValue ??= patternsOf([...values]);
    return byValue;
  };
  const plain = (text: string): string => {
    let clean = text;
    for (const pattern of valuePatterns()) clean = clean.replace(pattern, MASK);
    clean = wordyRuns.masked(runs.masked(withoutJwts(clean), MASK), MASK);
    return withoutPlacedSecrets(clean);
  };
  const stretches = (text: string): readonly Stretch[] => [
    ...[...valuePatterns(), JWT_LOOKS].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: { length } }): Stretch => [index, index + length]),
    ),
    ...runs.in(text),
    ...wordyRuns.in(text),
  ];

  return { hide, redact: (text) => plain(withoutEscaped(text, stretches)) };
}

/** Whether ten characters of a key look like nothing that people write: digits among them, or case that changes as in base64. */
function isNoWord(run: string): boolean {
  const count = (some: RegExp): number => run.match(some)?.length ?? 0;
  const [digits, capitals, smalls] = [count(/\d/g), count(/[A-Z]/g), count(/[a-z]/g)];
  return digits >= 2 || (capitals >= 2 && smalls >= 2 && capitals + digits >= 3);
}

/** A token as it looks once its escapes are gone. */
const JWT_LOOKS = /eyJ[\w-]{8,4096}(?:\.[\w-]{1,4096}){0,2}/g;

/** Masks what an encoder spelt with escapes, in its own place, so that JSON stays JSON. */
function withoutEscaped(text: string, stretches: (text: string) => readonly Stretch[]): string {
  const read = unescaped(text);
  if (read === null) return text;
  const found = stretches(read.text).map(([from, to]) => read.original(from, to));
  let clean = '';
  let at = 0;
  for (const [from, to] of found.sort(([a], [b]) => a - b)) {
    if (to <= at) continue;
    if (from >= at) clean += text.slice(at, from) + MASK;
    at = to;
  }
  return clean + text.slice(at);
}

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
