/** The local part of a persona's address in the run of that id: its user wherever a target makes users of addresses. */
export function localPartOf(persona: string, runId: string): string {
  return `agent-events-${persona}-${runId}`;
}
