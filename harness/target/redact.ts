import type { Secret } from '../kernel/secret.ts';
import { GluedParts } from './glued-parts.ts';
import { secretForms, secretParts } from './secret-forms.ts';
import { MASK, withoutJwts, withoutPlacedSecrets } from './token-looks.ts';
import { unescaped } from './unescaped.ts';

/** Below this a value would mask ordinary words everywhere; such a secret is refused or useless anyway. */
const SHORTEST = 4;
const SHORTEST_PART = 8;
/** Shorter plain words are masked only where they stand alone, in the case they were given. */
const SHORT_WORD = 12;

/** Takes secrets out of text. */
export type Redactor = {
  /** The text with every known secret, in every form it travels in, and everything that looks like a token masked. */
  readonly redact: (text: string) => string;
  /** Adds a secret that came into being during the run. */
  readonly hide: (secret: Secret) => void;
};

/** A redactor that knows these secrets by value and tokens by their looks; linear in the text, however many tokens it knows. */
export function redactor(secrets: readonly Secret[]): Redactor {
  const values = new Set<string>();
  const signatures = new Set<string>();
  const glued = new GluedParts();
  let byValue: readonly RegExp[] | null = null;
  let bySignature: RegExp | null = null;

  const hide = (secret: Secret): void => {
    const value = secret.reveal();
    const parts = secretParts(value);
    for (const part of parts) signatures.add(part);
    bySignature = null;
    // A JWT's whole, its base64 and its hex are caught by their looks: only its parts need remembering, and by the thousand.
    if (value.startsWith('eyJ') && parts.length === 3) {
      for (const part of parts) {
        for (const spelt of [part, part.toLowerCase(), part.toUpperCase()]) {
          signatures.add(spelt);
          glued.add(spelt);
        }
      }
      return;
    }
    for (const form of [value, ...parts].flatMap(secretForms)) if (form.length >= SHORTEST) values.add(form);
    byValue = null;
  };
  for (const secret of secrets) hide(secret);

  const valuePatterns = (): readonly RegExp[] => {
    byValue ??= patternsOf([...values]);
    return byValue;
  };
  const plain = (text: string): string => {
    let clean = text;
    for (const pattern of valuePatterns()) clean = clean.replace(pattern, MASK);
    clean = glued.masked(withoutJwts(clean), MASK);
    if (signatures.size > 0) {
      bySignature ??= runs(longestOf(signatures));
      clean = clean.replace(bySignature, (run) => (signatures.has(run) ? MASK : run));
    }
    return withoutPlacedSecrets(clean);
  };

  return { hide, redact: (text) => plain(withoutEscaped(text, [...valuePatterns(), JWT_LOOKS])) };
}

/** A token as it looks once its escapes are gone. */
const JWT_LOOKS = /eyJ[\w-]{8,4096}(?:\.[\w-]{1,4096}){0,2}/g;

/** Masks what an encoder spelt with escapes, in its own place, so that JSON stays JSON. */
function withoutEscaped(text: string, patterns: readonly RegExp[]): string {
  const read = unescaped(text);
  if (read === null) return text;
  const found = patterns.flatMap((pattern) =>
    [...read.text.matchAll(pattern)].map(({ index, 0: { length } }) => read.original(index, index + length)),
  );
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

/** Whole runs of a token's characters, up to this long: one without an end to its length overflows the engine's stack on a long run. */
function runs(longest: number): RegExp {
  return new RegExp(`(?<![\\w-])[\\w-]{${SHORTEST_PART},${longest}}(?![\\w-])`, 'g');
}

function longestOf(parts: Iterable<string>): number {
  let longest = SHORTEST_PART;
  for (const part of parts) longest = Math.max(longest, part.length);
  return longest;
}

/** A value as a pattern; a short plain word counts only where it stands alone, or "agent" as a password would eat `agent_started`. */
function literal(value: string): string {
  if (value.length < SHORT_WORD && /^\w+$/.test(value)) return `(?<!\\w)${value}(?!\\w)`;
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
