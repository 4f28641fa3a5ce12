/** A JWT taken apart: what it says, read and not verified, and its three parts as they came. */
export type TokenParts = {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly head: string;
  readonly body: string;
  readonly signature: string;
};

type JsonObject = { readonly [name: string]: unknown };

/** The parts of a token; `null` when it is no JWT with a signature. */
export function tokenParts(token: string): TokenParts | null {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const [header, claims] = [objectIn(head), objectIn(body)];
  if (header === null || claims === null || signature === '' || more.length > 0) return null;
  return { header, claims, head, body, signature };
}

/** An object as one part of a JWT. */
export function tokenPart(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

function objectIn(part: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
