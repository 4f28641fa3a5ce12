import { randomBytes } from 'node:crypto';

/** A fresh W3C trace id: 32 hex digits, never all zero. */
export function newTraceId(): string {
  return hex(16);
}

/** The `traceparent` header of one request within a trace: sampled, with a span id of its own. */
export function traceparent(traceId: string): string {
  return `00-${traceId}-${hex(8)}-01`;
}

function hex(bytes: number): string {
  const digits = randomBytes(bytes).toString('hex');
  return /^0+$/.test(digits) ? hex(bytes) : digits;
}
