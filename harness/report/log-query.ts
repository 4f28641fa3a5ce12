import type { VerdictDocument } from './document-schema.ts';

/** A command that finds this run in the target's own logs; `null` where the run has no trace id. */
export function logQuery(document: Pick<VerdictDocument, 'traceId' | 'startedAt' | 'target'>): string | null {
  const { traceId, startedAt, target } = document;
  if (traceId === null) return null;
  if (startedAt === null || isLoopback(target.wsUrl)) return `grep -F ${traceId} TARGET.log`;
  return `gcloud logging read 'trace:"${traceId}" AND timestamp>="${startedAt}"'`;
}

function isLoopback(url: string | null): boolean {
  const host = url === null ? null : URL.parse(url)?.hostname;
  return (
    host == null || host === 'localhost' || host === '[::1]' || host.startsWith('127.') || host.endsWith('.localhost')
  );
}
