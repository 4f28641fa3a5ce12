import { OWN_CODES, type Phase, type Trouble } from '../timeline/observation.ts';

/** What any thrown thing says of the network: aggregates and causes unwrapped to one code and one line; never throws, never quotes a query. */
export function troubleOf(error: unknown, phase: Phase): Trouble {
  const chain = unwrapped(error);
  const coded = chain.find((link) => codeOf(link) !== null);
  const messages = new Set(chain.map(messageOf).filter((message) => message !== ''));
  const message = shown([...messages].join('; ')) || 'no message';
  const code =
    ownCode(message) ?? codeOf(coded) ?? (chain.some(isParserError) ? 'HPE_INVALID_CONSTANT' : OWN_CODES.unknown);
  return { phase, code, message };
}

/** Text for people without what URLs may hide: queries, fragments and credentials. */
export function shown(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#'"]*)[?#][^\s'"]*/gi, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function unwrapped(error: unknown, depth = 0): readonly object[] {
  if (typeof error !== 'object' || error === null) return error === undefined ? [] : [new Error(String(error))];
  if (depth > 8) return [error];
  const below = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [error, ...[...below, ...cause].flatMap((inner) => unwrapped(inner, depth + 1))];
}

function codeOf(link: object | undefined): string | null {
  return link !== undefined && 'code' in link && typeof link.code === 'string' && link.code !== '' ? link.code : null;
}

function messageOf(link: object): string {
  return 'message' in link && typeof link.message === 'string' ? withoutOpenSsl(link.message) : '';
}

/** OpenSSL's own report, a pointer of this very run before it and its source file behind: only the reason is for people. */
const OPENSSL = /(?:[0-9A-F]{6,}:)?error:[0-9A-F]{8}:[^:\n]*:[^:\n]*:([^:\n]+)(?::[^:\n]*:\d+)?:?/gi;

function withoutOpenSsl(message: string): string {
  return message.replace(OPENSSL, (_, reason: string) => `${reason}: `).replace(/[:\s]+$/, '');
}

/** undici's parser errors for what is no HTTP carry no code; Node's own parser calls the same thing this. */
function isParserError(link: object): boolean {
  return 'name' in link && link.name === 'HTTPParserError';
}

/** Libraries say "ECONNRESET" and "UND_ERR_SOCKET" to several things; the words tell them apart. */
function ownCode(message: string): string | null {
  if (/before secure TLS connection was established/i.test(message)) return OWN_CODES.tlsEof;
  if (/socket hang up|other side closed/i.test(message)) return OWN_CODES.hangUp;
  return null;
}
