/** What a close code means before anybody looks at when it came: its name, and who normally sends it. */
export type CloseCode = { readonly name: string; readonly sender: 'application' | 'platform' | 'either' | 'nobody' };

/** The close codes of RFC 6455 and the IANA registry that a harness meets. */
export const CLOSE_CODES: ReadonlyMap<number, CloseCode> = new Map([
  [1000, { name: 'normal closure', sender: 'application' }],
  [1001, { name: 'going away', sender: 'either' }],
  [1002, { name: 'protocol error', sender: 'application' }],
  [1003, { name: 'unsupported data', sender: 'application' }],
  [1005, { name: 'no status received', sender: 'application' }],
  [1006, { name: 'no close frame', sender: 'nobody' }],
  [1007, { name: 'invalid payload data', sender: 'application' }],
  [1008, { name: 'policy violation', sender: 'application' }],
  [1009, { name: 'message too big', sender: 'application' }],
  [1010, { name: 'mandatory extension missing', sender: 'application' }],
  [1011, { name: 'internal error', sender: 'application' }],
  [1012, { name: 'service restart', sender: 'platform' }],
  [1013, { name: 'try again later', sender: 'platform' }],
  [1014, { name: 'bad gateway', sender: 'platform' }],
  [1015, { name: 'TLS handshake failed', sender: 'nobody' }],
]);

const PRIVATE_RANGES = [
  { from: 3000, below: 4000, name: 'registered by a library' },
  { from: 4000, below: 5000, name: "the application's own" },
] as const;

/** A close code for a sentence: `1012 service restart`, `4401 the application's own`, `999 unassigned`. */
export function closeName(code: number): string {
  const range = PRIVATE_RANGES.find(({ from, below }) => code >= from && code < below);
  return `${code} ${CLOSE_CODES.get(code)?.name ?? range?.name ?? 'unassigned'}`;
}
