import type { Header } from './header.ts';
import type { Observation } from './observation.ts';

/** The first line of a stored timeline, with its line end. */
export function headerLine(header: Header): string {
  return `${JSON.stringify({ kind: 'header', ...header })}\n`;
}

/** One observation as a line, with its line end. */
export function observationLine(observation: Observation): string {
  return `${JSON.stringify(observation)}\n`;
}

/** A whole timeline as JSON Lines; `readTimeline` gives back the same. */
export function timelineText(header: Header, observations: readonly Observation[]): string {
  return headerLine(header) + observations.map(observationLine).join('');
}
