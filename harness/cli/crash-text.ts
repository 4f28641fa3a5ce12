import { isExhaustion } from '../kernel/exhaustion.ts';

/**
 * An error of our own in one line for the verdict, and with its stack for standard error; both still to be redacted. Where no descriptor
 * was left, whatever wanted one last has no part in it: no stack.
 */
export function crashText(error: unknown): { readonly line: string; readonly stack: string } {
  const message = error instanceof Error ? error.message : String(error);
  const [first] = message.split('\n');
  if (isExhaustion(error)) {
    const line = `no file descriptor was left: ${first}`;
    return { line, stack: line };
  }
  const line = `agent-events crashed: ${first}`;
  return { line, stack: error instanceof Error && error.stack !== undefined ? error.stack : line };
}
