/** What a target has to refuse, one kind for each way in which it may fail to: stable names, of sessions and of rules. */
export const TOKEN_KINDS = [
  'no-token',
  'empty-token',
  'garbage',
  'truncated',
  'no-signature',
  'wrong-user',
  'wrong-key',
  'alg-none',
  'alg-confusion',
  'expired',
  'not-yet-valid',
  'wrong-audience',
  'wrong-issuer',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** The topic of the note, made before the first of them is tried, that a token is not asked for and why. */
export const NOT_ASKED = 'not-asked';

/** The session that tries one of them. */
export function tokenSession(kind: TokenKind): `token:${TokenKind}` {
  return `token:${kind}`;
}

/** Whether a session tries a token that must be refused. */
export function isTokenSession(session: string): boolean {
  return TOKEN_KINDS.some((kind) => session === tokenSession(kind));
}
