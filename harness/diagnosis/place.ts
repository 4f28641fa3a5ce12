import type { Run } from '../timeline/run.ts';

/** The socket's URL for sentences: host and path; a query may carry a token. */
export function socketPlace(run: Run): string {
  return bare(run.header.target.wsUrl);
}

/** A URL without query, fragment and user. */
export function bare(url: string): string {
  return url.replace(/[?#].*/s, '').replace(/\/\/[^/@]*@/, '//');
}

/** A stretch of time for sentences, in whole milliseconds below ten seconds and in seconds above. */
export function spanOf(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
