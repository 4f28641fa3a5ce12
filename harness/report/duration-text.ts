/** A duration for people: `0.4 ms`, `12 ms`, `64.2 s`, `12.5 min`. */
export function durationText(ms: number): string {
  const size = Math.abs(ms);
  if (size < 0.95) return `${ms.toFixed(1)} ms`;
  if (size < 10_000) return `${Math.round(ms)} ms`;
  if (size < 600_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${(ms / 60_000).toFixed(1)} min`;
}
