import type { Secret } from '../kernel/secret.ts';
import type { AuthMode, Facts } from '../timeline/observation.ts';
import { type CredentialResult, credentialOf, described, type Errand } from './credential.ts';
import { type Exchange, exchange } from './http.ts';
import { redactor } from './redact.ts';
import { traceparent } from './trace.ts';
import { shown } from './trouble.ts';

/** One POST that should be answered with `{ "access_token": … }`. */
export type TokenRequest = {
  readonly source: AuthMode;
  readonly url: URL;
  readonly headers?: { readonly [name: string]: string };
  readonly body: { readonly [field: string]: unknown };
  readonly deadlineMs: number;
  /** Secrets beside the settings' own that the answer might echo. */
  readonly hidden?: readonly Secret[];
};

/** Asks for a token. An answer is a credential only if it holds a JWT with a subject; the body of such an answer is not kept. */
export async function requestToken(errand: Errand, request: TokenRequest): Promise<CredentialResult> {
  const { settings, clock, traceId, signal } = errand;
  const { url, source } = request;
  const came = await exchange({
    url,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      traceparent: traceparent(traceId),
      ...request.headers,
    },
    body: JSON.stringify(request.body),
    deadlineMs: request.deadlineMs,
    proxy: settings.proxyFor(url),
    signal,
    clock,
    phase: 'credentials',
  });
  const { redact } = redactor([...settings.secrets, ...(request.hidden ?? [])]);
  return read(came, source, url, clock.wallMs(), redact);
}

/** A path under a base URL, whatever path the base has itself. */
export function under(base: URL, path: string): URL {
  const url = new URL(base.href);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return url;
}

function read(
  came: Exchange,
  source: AuthMode,
  url: URL,
  wallMs: number,
  redact: (text: string) => string,
): CredentialResult {
  const { tookMs } = came;
  const where = shown(url.href);
  if (came.answer === null) {
    const { phase, code, message } = came.trouble ?? { phase: 'credentials', code: 'UNKNOWN', message: 'no answer' };
    const trouble = { phase, code, message: redact(message) };
    return {
      ok: false,
      answer: null,
      trouble,
      tookMs,
      detail: `${where}: ${trouble.message}`,
      facts: { mode: source },
    };
  }
  const { status, headers } = came.answer;
  const facts: Facts = { mode: source, status, ...clockOffset(headers.date, wallMs) };
  if (came.trouble !== null || status < 200 || status > 299) {
    // Half a token is not known for one.
    const bodyHead = status < 200 || status > 299 ? redact(came.answer.bodyHead) : '';
    const answer = { ...came.answer, bodyHead };
    const trouble = came.trouble === null ? null : { ...came.trouble, message: redact(came.trouble.message) };
    const said = trouble?.message ?? sentenceOf(came.text ?? '', redact);
    const detail = `${where} answered ${status}${said === '' ? '' : `: ${said}`}`;
    return { ok: false, answer, trouble, tookMs, detail, facts };
  }
  const answer = { ...came.answer, bodyHead: '' };
  const token = jsonOf(came.text ?? '').access_token;
  const credential =
    typeof token === 'string' && token !== '' ? credentialOf(token, source, wallMs) : 'no access_token';
  if (typeof credential === 'string') {
    const detail = `${where} answered ${status} with ${credential}`;
    return { ok: false, answer, trouble: null, tookMs, detail, facts: { ...facts, tokenUnreadable: true } };
  }
  return { ok: true, credential, answer, trouble: null, tookMs, detail: described(credential, wallMs), facts };
}

function jsonOf(text: string): { readonly [field: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** What a JSON error answer says in words; nothing for any other body. */
function sentenceOf(text: string, redact: (text: string) => string): string {
  const { detail, message, error } = jsonOf(text);
  const said = [detail, message, error].find((candidate) => typeof candidate === 'string');
  return typeof said === 'string' ? shown(redact(said)).slice(0, 160) : '';
}

/** How far the target's clock is ahead of ours, to half a second and half the way; nothing without a readable `Date`. */
function clockOffset(date: string | undefined, wallMs: number): Facts {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? {} : { clockOffsetMs: Math.round(theirs + 500 - wallMs) };
}
