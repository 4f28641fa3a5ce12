import type { VerdictDocument } from './document-schema.ts';

const TRACE = /^[\da-f]{32}$/i;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** A command that finds this run in the target's own logs, safe to copy and run; `null` where the run has no trace id, or its trace id or start are none. */
export function logQuery(document: Pick<VerdictDocument, 'traceId' | 'startedAt' | 'target'>): string | null {
  const { traceId, startedAt, target } = document;
  if (traceId === null || !TRACE.test(traceId) || (startedAt !== null && !MOMENT.test(startedAt))) return null;
  if (startedAt === null || isLoopback(target.wsUrl)) return `grep -F ${traceId} TARGET.log`;
  return `gcloud logging read 'trace:"${traceId}" AND timestamp>="${startedAt}"'`;
}

function isLoopback(url: string | null): boolean {
  const host = url === null ? null : URL.parse(url)?.hostname;
  return (
    host == null || host === 'localhost' || host === '[::1]' || host.startsWith('127.') || host.endsWith('.localhost')
  );
}
