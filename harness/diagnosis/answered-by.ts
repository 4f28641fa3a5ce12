import type { Answer } from '../timeline/observation.ts';
import type { Answerer } from './diagnosis.ts';

const APP_HEADERS = [
  'x-trace-id',
  'x-environment',
  'api-version',
  'x-service-name',
  'x-issue-449-fix',
  'x-middleware-error',
];

/** Bodies that only one kind of answerer writes; the first that fits decides. */
const BODIES: readonly (readonly [pattern: RegExp, answerer: Answerer])[] = [
  [/your client does not have permission to get url/i, 'platform'],
  [/\brate exceeded\.?/i, 'platform'],
  [
    /no available instance|maximum (number of )?container instance|malformed or connection to the instance had an error/i,
    'platform',
  ],
  [/<center>(nginx|openresty)/i, 'edge'],
  [/upstream connect error|no healthy upstream|upstream request timeout/i, 'edge'],
  [/<h1>error: server error<\/h1>|that.s an error\.|the server encountered a temporary error/i, 'edge'],
];
const EDGE_SERVERS =
  /nginx|openresty|envoy|google frontend|gws|awselb|cloudflare|cloudfront|akamai|varnish|haproxy|traefik|caddy/i;

/** Whether the body is JSON, by its type or its first character (it may be cut off). */
export function isJson(answer: Answer): boolean {
  return /\bjson\b/i.test(header(answer, 'content-type')) || /^\s*[{[]/.test(answer.bodyHead);
}

/** Whether the body is a page for people. */
export function isHtml(answer: Answer): boolean {
  return /\bhtml\b/i.test(header(answer, 'content-type')) || /^\s*<(!doctype|html|head|h1)/i.test(answer.bodyHead);
}

/** Who gave this answer, by its fingerprints. A `server` header alone decides last: front ends put theirs on everything. */
export function answeredBy(answer: Answer): Answerer {
  if (APP_HEADERS.some((name) => name in answer.headers)) return 'app';
  const body = BODIES.find(([pattern]) => pattern.test(answer.bodyHead));
  if (body) return body[1];
  if (isJson(answer)) return 'app';
  if (isFrameworkAnswer(answer)) return 'server';
  return EDGE_SERVERS.test(header(answer, 'server')) || isHtml(answer) ? 'edge' : 'server';
}

/** What an ASGI server says when no application code has spoken: its bare 403, 404 and 500. */
export function isFrameworkAnswer(answer: Answer): boolean {
  const { status, bodyHead } = answer;
  if (!/^text\/plain\b/i.test(header(answer, 'content-type'))) return false;
  if (status === 403) return bodyHead === '';
  return (status === 404 && bodyHead === 'Not Found') || (status === 500 && bodyHead === 'Internal Server Error');
}

/** A short name of the answerer for sentences: the product it names, else its kind. */
export function answererName(answer: Answer): string {
  const product = header(answer, 'server')
    .replace(/[/;(].*/s, '')
    .trim();
  const kind = answeredBy(answer);
  return product === '' || kind === 'app' || kind === 'platform' ? kind : product;
}

function header({ headers }: Answer, name: string): string {
  return headers[name] ?? '';
}
