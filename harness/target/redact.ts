import type { Secret } from '../kernel/secret.ts';
import { MASK, withoutJwts, withoutPlacedSecrets } from './token-looks.ts';

/** Below this a value would mask ordinary words everywhere; such a secret is refused or useless anyway. */
const SHORTEST = 4;
const SHORTEST_PART = 8;

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
  let byValue: RegExp | null = null;
  let bySignature: RegExp | null = null;

  const hide = (secret: Secret): void => {
    const value = secret.reveal();
    const parts = tokenParts(value);
    for (const part of parts) signatures.add(part);
    bySignature = null;
    // A JWT's whole and its base64 forms are caught by their looks: only its parts need remembering, and by the thousand.
    if (value.startsWith('eyJ') && parts.length === 3) return;
    for (const form of [value, ...parts].flatMap(forms)) if (form.length >= SHORTEST) values.add(form);
    byValue = null;
  };
  for (const secret of secrets) hide(secret);

  return {
    hide,
    redact: (text) => {
      let clean = text;
      if (values.size > 0) {
        byValue ??= new RegExp(
          [...values]
            .sort((a, b) => b.length - a.length)
            .map(literal)
            .join('|'),
          'g',
        );
        clean = clean.replace(byValue, MASK);
      }
      clean = withoutJwts(clean);
      if (signatures.size > 0) {
        bySignature ??= runs(longestOf(signatures));
        clean = clean.replace(bySignature, (run) => (signatures.has(run) ? MASK : run));
      }
      return withoutPlacedSecrets(clean);
    },
  };
}

/** The dot parts of a token, or the lines of a key: whichever is long enough to be nobody's word. */
function tokenParts(value: string): readonly string[] {
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(value)) return value.split('.').filter((part) => part.length >= SHORTEST_PART);
  if (/[\r\n]/.test(value))
    return value.split(/[\r\n]+/).filter((line) => line.length >= 16 && !line.startsWith('-----'));
  return [];
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

function forms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    encodeURIComponent(bytes.toString('base64')),
  ];
}

/** A value as a pattern; a short plain word counts only where it stands alone, or "agent" as a password would eat `agent_started`. */
function literal(value: string): string {
  if (value.length < 12 && /^\w+$/.test(value)) return `(?<!\\w)${value}(?!\\w)`;
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
