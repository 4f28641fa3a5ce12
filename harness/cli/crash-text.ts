/** An error of our own in one line for the verdict, and with its stack for standard error; both still to be redacted. */
export function crashText(error: unknown): { readonly line: string; readonly stack: string } {
  const message = error instanceof Error ? error.message : String(error);
  const line = `agent-events crashed: ${message.split('\n')[0]}`;
  return { line, stack: error instanceof Error && error.stack !== undefined ? error.stack : line };
}
