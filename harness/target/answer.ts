import type { Answer } from '../timeline/observation.ts';

/** The response headers that are evidence of who answered; all others, cookies above all, are never kept. */
const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'server',
  'via',
  'date',
  'retry-after',
  'content-type',
  'content-length',
  'connection',
  'upgrade',
  'allow',
  'location',
  'sec-websocket-version',
  'x-cloud-trace-context',
  'traceparent',
  'x-trace-id',
  'x-environment',
  'x-service-name',
  'api-version',
  'x-request-id',
  'cf-ray',
  'x-issue-449-fix',
  'x-middleware-error',
  'x-cloud-run-compatible',
  'x-revision',
]);

/** How much of a body is kept as evidence, in characters; cut only after redaction, which half a secret would escape. */
export const BODY_HEAD_CHARS = 512;
/** How much of a body an answer is made of, in characters, before redaction. */
export const BODY_READ_CHARS = 8 * BODY_HEAD_CHARS;

type RawHeaders = { readonly [name: string]: string | readonly string[] | undefined };

/** The allow-listed headers, names in lower case; a `location` without query, fragment and credentials. */
export function keptHeaders(headers: RawHeaders): { readonly [name: string]: string } {
  const kept: { [name: string]: string } = {};
  for (const [rawName, raw] of Object.entries(headers)) {
    const name = rawName.toLowerCase();
    if (raw === undefined || !KEPT_HEADERS.has(name)) continue;
    const value = typeof raw === 'string' ? raw : raw.join(', ');
    kept[name] = name === 'location' ? value.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//') : value;
  }
  return kept;
}

/** An HTTP answer as evidence: raw enough to judge again, small enough to keep. */
export function answerOf(status: number, headers: RawHeaders, body: string): Answer {
  return { status, headers: keptHeaders(headers), bodyHead: body.slice(0, BODY_READ_CHARS) };
}
