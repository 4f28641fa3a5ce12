/** Statuses, beside those of a server error, that say: not now. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 429]);

/** Whether an auth service that answers with this status is there and cannot serve now. */
export function cannotServe(status: number): boolean {
  return status >= 500 || NOT_NOW.has(status);
}
